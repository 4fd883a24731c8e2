package io.tidemark.ingest.generate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A demo's past: so long that its busiest part goes over into the present without a step, if there are rows enough. */
final class Backfill {
    private static final long ROWS_PER_COMMIT = 100_000;
    private static final int BATCH = 4096;
    private static final int FEWEST_HOURS = 24;
    private static final int MOST_HOURS = 7 * 24;

    private Backfill() {}

    static void run(EventTable table, DemoOptions options, Consumer<String> console, BooleanSupplier stop)
            throws IOException {
        long rows = options.backfill();
        if (rows == 0) {
            return;
        }
        Instant end = Instant.now();
        Instant from = end.minus(Duration.ofHours(hours(rows, options.rate(), end)));
        EventStream events = new EventStream(options.seed(), rows, Math.max(1, rows / 12), from, end);
        EventBatch batch = new EventBatch(BATCH);
        console.accept(String.format(
                Locale.ROOT,
                "Writing %,d events of the last %d hours …",
                rows,
                Duration.between(from, end).toHours()));
        while (events.remaining() > 0 && !stop.getAsBoolean()) {
            try (EventFileWriter writer = table.newFile()) {
                while (writer.rows() < ROWS_PER_COMMIT && events.remaining() > 0) {
                    events.fill(batch, ROWS_PER_COMMIT - writer.rows());
                    writer.write(batch);
                }
                table.append(List.of(writer.finish()));
            }
            console.accept(String.format(Locale.ROOT, "%,d of %,d events written", rows - events.remaining(), rows));
        }
    }

    /** How far back so many rows go at this rate, when each hour is as busy as its rhythm against that of now. */
    static int hours(long rows, double rate, Instant end) {
        long now = Math.floorDiv(end.getEpochSecond(), 3600L);
        double perWeight = rate * 3600 / Rhythm.weight(now);
        double sum = 0;
        int hours = 0;
        while (sum < rows && hours < MOST_HOURS) {
            sum += perWeight * Rhythm.weight(now - hours);
            hours++;
        }
        return Math.max(FEWEST_HOURS, hours);
    }
}
