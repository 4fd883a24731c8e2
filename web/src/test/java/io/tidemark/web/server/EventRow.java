package io.tidemark.web.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** One row of a table of events, and what rows come to, by counting one after the other. */
record EventRow(Instant time, String channel, String type, String platform, String category, String session) {
    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    static EventRow random(Random random) {
        return new EventRow(
                BASE.plus(random.nextInt(30 * 60), ChronoUnit.MINUTES),
                any(random, null, "", "web", "mobile"),
                any(random, "page_view", "click", null),
                any(random, "ios", "", "chrome"),
                any(random, "user", "error"),
                any(random, null, "", "s1", "s2", "s3", "s4", "s5", "s6", "s7"));
    }

    /** A row as a page of events has it. */
    static EventRow of(JsonObject row) {
        String time = row.getString("timestamp");
        return new EventRow(
                time == null ? null : Instant.parse(time),
                row.getString("channel"),
                row.getString("event_type"),
                row.getString("platform"),
                row.getString("event_category"),
                row.getString("session_id"));
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    /** As a row of SQL. */
    String sql() {
        return "(TIMESTAMPTZ '" + time + "', " + quoted(channel) + ", " + quoted(type) + ", " + quoted(platform) + ", "
                + quoted(category) + ", " + quoted(session) + ")";
    }

    private static String quoted(String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    /** What views say of rows: counts by view and group, and the totals. */
    static Map<String, Long> count(List<EventRow> rows) {
        Map<String, Long> counts = new TreeMap<>();
        Set<String> sessions = new HashSet<>();
        counts.put("events", (long) rows.size());
        for (EventRow row : rows) {
            count(
                    counts,
                    "hourly",
                    new JsonObject()
                            .put("hour", row.time.truncatedTo(ChronoUnit.HOURS).toString()));
            count(counts, "channel", new JsonObject().put("value", row.channel));
            count(counts, "type", new JsonObject().put("value", row.type));
            count(counts, "platform", new JsonObject().put("value", row.platform));
            count(counts, "category", new JsonObject().put("value", row.category));
            count(
                    counts,
                    "heatmap",
                    new JsonObject().put("channel", row.channel).put("type", row.type));
            if (row.session != null && !row.session.isEmpty()) {
                sessions.add(row.session);
            }
        }
        counts.put("sessions", (long) sessions.size());
        return counts;
    }

    private static void count(Map<String, Long> counts, String view, JsonObject group) {
        counts.merge(view + " " + group.encode(), 1L, Long::sum);
    }

    /** The same of what was served. */
    static Map<String, Long> served(JsonObject views) {
        Map<String, Long> counts = new TreeMap<>();
        JsonObject totals = views.getJsonObject("totals");
        counts.put("events", totals.getLong("events"));
        if (totals.getLong("sessions") != null) {
            counts.put("sessions", totals.getLong("sessions"));
        }
        for (String view : List.of("hourly", "channel", "type", "platform", "category", "heatmap")) {
            JsonArray groups = views.getJsonArray(view);
            for (int i = 0; i < groups.size(); i++) {
                JsonObject group = groups.getJsonObject(i).copy();
                long count = ((Number) group.remove("count")).longValue();
                counts.put(view + " " + group.encode(), count);
            }
        }
        return counts;
    }
}
