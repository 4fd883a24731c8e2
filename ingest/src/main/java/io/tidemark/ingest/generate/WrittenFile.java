package io.tidemark.ingest.generate;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.delta.standalone.actions.AddFile;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;

/**
 * A data file that is complete, and not yet part of the table.
 *
 * @param name relative to the table's root
 * @param bytes its size
 * @param rows at least 1
 * @param minMicros smallest timestamp, since the epoch
 * @param maxMicros largest timestamp, since the epoch
 */
record WrittenFile(String name, long bytes, long rows, long minMicros, long maxMicros) {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    AddFile add(long now, boolean dataChange) {
        return AddFile.builder(name, Map.of(), bytes, now, dataChange)
                // As a JSON text in quotes: Standalone puts it into the log as it is.
                .stats('"' + new String(JsonStringEncoder.getInstance().quoteAsString(stats())) + '"')
                .build();
    }

    /**
     * Per-file statistics. The protocol keeps timestamps in milliseconds, so the bounds are rounded outwards: they hold for
     * readers that take them literally too.
     *
     * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#per-file-statistics">Delta protocol</a>
     */
    String stats() {
        String min = MILLIS.format(Instant.ofEpochMilli(Math.floorDiv(minMicros, 1_000L)));
        String max = MILLIS.format(Instant.ofEpochMilli(-Math.floorDiv(-maxMicros, 1_000L)));
        return "{\"numRecords\":" + rows + ",\"minValues\":{\"timestamp\":\"" + min
                + "\"},\"maxValues\":{\"timestamp\":\"" + max + "\"},\"nullCount\":{\"timestamp\":0}}";
    }
}
