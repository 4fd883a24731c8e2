package io.tidemark.web.doctor;

import io.tidemark.ingest.log.LogSurvey;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a table's log is kept, and what of it will hurt. Arithmetic alone. */
final class LogRules {
    /** Commits behind the newest checkpoint that a first load replays without anyone noticing. */
    private static final long MOST_SINCE_CHECKPOINT = 1_000;

    /** Names that a listing brings within a second or two from a store. */
    private static final long MOST_COMMITS = 50_000;

    /** A service that is down over a weekend goes on where it was. */
    private static final Duration LEAST_RETENTION = Duration.ofDays(3);

    /** Clocks that are set by a network differ by less. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(5);

    private static final Pattern INTERVAL =
            Pattern.compile("(?:interval\\s+)?(\\d{1,9})\\s+(week|day|hour|minute|second)s?", Pattern.CASE_INSENSITIVE);

    private LogRules() {}

    static List<Line> of(LogSurvey log, TableProtocol protocol, TableMetadata metadata, long heap, Instant now) {
        List<Line> lines = new ArrayList<>();
        lines.add(protocol(protocol));
        lines.add(checkpoint(log, now));
        checkpointSize(log, heap).ifPresent(lines::add);
        lines.add(cleanup(log, metadata));
        clock(log, now).ifPresent(lines::add);
        return lines;
    }

    private static Line protocol(TableProtocol protocol) {
        return Line.ok(
                "protocol",
                "reader version " + protocol.minReaderVersion()
                        + (protocol.readerFeatures().isEmpty()
                                ? ""
                                : ", features "
                                        + String.join(
                                                ", ",
                                                protocol.readerFeatures().stream()
                                                        .sorted()
                                                        .toList()))
                        + ": can be read");
    }

    private static Line checkpoint(LogSurvey log, Instant now) {
        long newest = log.newest().orElse(log.checkpoint().orElse(-1));
        long since = newest - log.checkpoint().orElse(-1);
        String remedy =
                "Have the table's writer make checkpoints (delta.checkpointInterval, or OPTIMIZE now and then): a"
                        + " first load reads all commits since the last one.";
        if (log.checkpoint().isEmpty()) {
            String found = "no checkpoint; " + Amounts.number(log.commits()) + " commits";
            return since > MOST_SINCE_CHECKPOINT
                    ? Line.warning("checkpoint", found, remedy)
                    : Line.ok("checkpoint", found);
        }
        String age = log.checkpointAt()
                .map(at -> ", " + Amounts.time(Duration.between(at, now)) + " old")
                .orElse("");
        String found =
                "at version " + log.checkpoint().getAsLong() + age + ", " + Amounts.number(since) + " commits since";
        return since > MOST_SINCE_CHECKPOINT ? Line.warning("checkpoint", found, remedy) : Line.ok("checkpoint", found);
    }

    /** A row group of a checkpoint is read whole, and refused beyond a quarter of the heap; a part may be one row group. */
    private static Optional<Line> checkpointSize(LogSurvey log, long heap) {
        if (log.checkpointBytes() <= heap / 4) {
            return Optional.empty();
        }
        return Optional.of(Line.warning(
                "checkpoint",
                "its largest part has " + Amounts.bytes(log.checkpointBytes()) + ", more than a quarter of this heap ("
                        + Amounts.bytes(heap) + "), which is what one row group of it may take",
                "Give the service -Xmx of " + Amounts.bytes(4 * log.checkpointBytes())
                        + " for its first load, or have checkpoints written in parts."));
    }

    private static Line cleanup(LogSurvey log, TableMetadata metadata) {
        String kept = Amounts.number(log.commits()) + " commits are kept"
                + (log.oldest().isPresent() ? ", from version " + log.oldest().getAsLong() : "");
        if (log.commits() > MOST_COMMITS) {
            return Line.warning(
                    "log",
                    kept + ": listings of the log are slow, and paid for",
                    "Shorten delta.logRetentionDuration of the table; Tidemark needs the commits of the time that it may be"
                            + " stopped.");
        }
        Optional<Duration> retention = Optional.ofNullable(
                        metadata.configuration().get("delta.logRetentionDuration"))
                .flatMap(LogRules::interval);
        if (retention.isPresent() && retention.get().compareTo(LEAST_RETENTION) < 0) {
            return Line.warning(
                    "log",
                    kept + ", each for " + Amounts.time(retention.get()),
                    "After being stopped for longer, Tidemark compares its files with a snapshot: exact, but it takes as long"
                            + " as the table has files. Set delta.logRetentionDuration to some days to avoid that.");
        }
        return Line.ok("log", kept);
    }

    static Optional<Duration> interval(String text) {
        Matcher matcher = INTERVAL.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2).toLowerCase(java.util.Locale.ROOT)) {
                    case "week" -> Duration.ofDays(7 * number);
                    case "day" -> Duration.ofDays(number);
                    case "hour" -> Duration.ofHours(number);
                    case "minute" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    /** What was written lies in the past, by a clock that is right. */
    private static Optional<Line> clock(LogSurvey log, Instant now) {
        return log.writtenAt()
                .filter(at -> at.isAfter(now.plus(MOST_SKEW)))
                .map(at -> Line.warning(
                        "clock",
                        "the newest commit was written " + Amounts.time(Duration.between(now, at))
                                + " from now by the store's clock",
                        "Set this machine's clock or the store's (NTP): freshness is told by ours, and S3 refuses requests"
                                + " beyond 15 minutes."));
    }
}
