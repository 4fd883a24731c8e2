package io.tidemark.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A status as it is read at night: what is, since when, why, and what to do; then the numbers. */
final class StatusText {
    private static final Map<String, String> MEANING = Map.of(
            "waiting", "There is no table yet. It is asked for again and again.",
            "bootstrapping", "The table is counted for the first time. Nothing is served until that is done.",
            "catching-up", "What is served is behind the table, and comes nearer.",
            "live", "All that the table has is served.",
            "stale",
                    "Following has stopped before a version. The last good one is served; it is tried again by itself.",
            "failed", "Following has ended. Restart the service; its log has the reason.");

    private StatusText() {}

    /** @param status as {@code GET /api/v1/status} answers it */
    static List<String> of(JsonNode status) {
        List<String> text = new ArrayList<>();
        String state = plain(status.path("state").asText());
        text.add(plain(status.at("/table/name").asText()) + " is " + state.toUpperCase(Locale.ROOT) + ": "
                + MEANING.getOrDefault(state, ""));
        field(text, "reason", plain(status.path("reason").asText("")));
        field(text, "table", plain(status.at("/table/uri").asText()));
        field(text, "version", version(status));
        field(text, "fresh", fresh(status.path("freshnessSeconds")));
        field(text, "progress", progress(status.path("progress")));
        field(
                text,
                "size",
                String.format(
                        Locale.ROOT,
                        "%,d rows in %,d files; %,d MB of state; %,d of %,d MB of heap",
                        status.at("/table/rows").asLong(),
                        status.at("/table/files").asLong(),
                        status.at("/memory/storeBytes").asLong() >> 20,
                        status.at("/memory/heapUsedBytes").asLong() >> 20,
                        status.at("/memory/heapMaxBytes").asLong() >> 20));
        field(
                text,
                "service",
                status.path("subscribers").asLong() + " subscribers, engine "
                        + plain(status.path("engine").asText()) + ", up for "
                        + time(status.path("uptimeSeconds").asLong()));
        if (status.path("lastError").isObject()) {
            field(
                    text,
                    "last error",
                    plain(status.at("/lastError/at").asText()) + " "
                            + plain(status.at("/lastError/message").asText()));
        }
        status.path("warnings").forEach(warning -> field(text, "warning", plain(warning.asText())));
        status.path("findings")
                .forEach(finding ->
                        field(text, "finding", plain(finding.path("message").asText())));
        return text;
    }

    private static void field(List<String> text, String name, String value) {
        if (!value.isEmpty() && !value.equals("null")) {
            text.add(String.format(Locale.ROOT, "  %-11s %s", name, value));
        }
    }

    private static String version(JsonNode status) {
        long version = status.path("version").asLong(-1);
        String known = ", " + status.path("lag").asLong() + " behind the newest that is known";
        return version < 0
                ? "none is served yet"
                : version + known + "; committed "
                        + plain(status.path("committedAt").asText("?"));
    }

    private static String fresh(JsonNode seconds) {
        return seconds.isNumber()
                ? "the table was last seen to hold nothing else " + time((long) seconds.asDouble()) + " ago"
                : "never known to be up to date since the start";
    }

    private static String progress(JsonNode progress) {
        long files = progress.path("files").asLong();
        long done = progress.path("filesDone").asLong();
        return done >= files
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d files counted, %,d rows a second",
                        done,
                        files,
                        progress.path("rowsPerSecond").asLong());
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : seconds + " s";
    }

    /** Without anything that speaks to a terminal: names and messages hold what a table's writer chose. */
    private static String plain(String text) {
        return text.replaceAll("\\p{C}", " ");
    }
}
