package io.tidemark.web.export;

import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.query.TableRows;
import io.tidemark.views.store.LiveFile;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads files and writes their rows, in a format, into chunks of whole rows. For one thread, which works only in its turn. */
final class RowReading {
    private final TableRows rows;
    private final RowWriter writer;
    private final int chunkBytes;
    private final Turns turns;
    private final ScanControl control;
    private final OutputBuffer out;

    RowReading(
            TableRows rows, ExportFormat format, boolean raw, ExportLimits limits, Turns turns, ScanControl control) {
        this.rows = rows;
        this.writer = format.writer(rows.columns(), raw);
        this.chunkBytes = limits.chunkBytes();
        this.turns = turns;
        this.control = control;
        this.out = new OutputBuffer(2 * chunkBytes);
    }

    /** @param chunks may wait: others have their turns meanwhile */
    void read(LiveFile file, Consumer<byte[]> chunks) {
        turns.begin();
        try {
            rows.read(
                    file,
                    batch -> {
                        write(batch, chunks);
                        return true;
                    },
                    control);
            if (out.length() > 0) {
                handOn(chunks);
            }
        } finally {
            turns.end();
        }
    }

    private void write(RowBatch batch, Consumer<byte[]> chunks) {
        for (int row = 0; row < batch.rows(); ) {
            row = writer.write(batch, row, out, chunkBytes);
            if (out.length() >= chunkBytes) {
                handOn(chunks);
            }
        }
    }

    private void handOn(Consumer<byte[]> chunks) {
        byte[] chunk = Arrays.copyOf(out.bytes(), out.length());
        out.clear();
        turns.end();
        try {
            chunks.accept(chunk);
        } finally {
            turns.begin();
        }
    }
}
