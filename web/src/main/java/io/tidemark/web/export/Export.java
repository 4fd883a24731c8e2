package io.tidemark.web.export;

import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.TableRows;
import io.tidemark.views.store.LiveFile;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;

/**
 * One download: some threads read files and write their rows into chunks, several files at once but no further ahead than a
 * bound; one thread makes a file of the chunks, in order, and sends it. When the client takes nothing, all of them wait.
 *
 * <p>Run once. {@link #stop} and the numbers are for any thread.
 */
final class Export {
    private final TableRows rows;
    private final ExportFormat format;
    private final boolean raw;
    private final ExportLimits limits;
    private final Turns turns;
    private final Executor threads;
    private final ScanControl control = new ScanControl();
    private final ChunkQueue queue;

    Export(TableRows rows, ExportFormat format, boolean raw, ExportLimits limits, Turns turns, Executor threads) {
        this.rows = rows;
        this.format = format;
        this.raw = raw;
        this.limits = limits;
        this.turns = turns;
        this.threads = threads;
        this.queue = new ChunkQueue(limits.aheadBytes(), limits.aheadFileBytes());
    }

    /**
     * Sends everything. Returns or throws when none of its threads works any more.
     *
     * @throws ExportStoppedException if it was stopped, or by the sink
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    void run(ExportAbout about, ExportSink sink) {
        RowEncoder encoder = format.encoder(about, raw, limits);
        Iterator<LiveFile> files = rows.files(control);
        Phaser reading = new Phaser(1);
        try {
            for (int i = 0; i < limits.readers(); i++) {
                startReading(files, reading);
            }
            send(encoder, sink);
        } catch (RuntimeException | Error e) {
            stop(e instanceof RuntimeException known ? known : new IllegalStateException(e));
            throw e;
        } finally {
            reading.arriveAndAwaitAdvance();
        }
    }

    private void startReading(Iterator<LiveFile> files, Phaser reading) {
        reading.register();
        try {
            threads.execute(() -> {
                try {
                    read(files);
                } finally {
                    reading.arriveAndDeregister();
                }
            });
        } catch (RejectedExecutionException e) {
            reading.arriveAndDeregister();
            throw new ExportStoppedException(ExportStoppedException.Cause.SHUTDOWN);
        }
    }

    /** Ends it soon, with a reason that {@link #run} throws. */
    void stop(RuntimeException why) {
        queue.stop(why);
        control.cancel();
    }

    /** Bytes that are read and not yet given to the sink. */
    long bytesAhead() {
        return queue.bytes();
    }

    /** Rows that the readers have gone past. */
    long rowsPassed() {
        return control.rowsPassed();
    }

    private void read(Iterator<LiveFile> files) {
        RowWriter writer = format.writer(rows.columns(), raw);
        OutputBuffer out = new OutputBuffer(2 * limits.chunkBytes());
        try {
            while (true) {
                LiveFile file;
                ChunkQueue.Slot slot;
                synchronized (files) {
                    if (!files.hasNext()) {
                        queue.close();
                        return;
                    }
                    file = files.next();
                    slot = queue.begin(file.file().size());
                }
                read(file, slot, writer, out);
                queue.end(slot);
            }
        } catch (ScanStoppedException e) {
            // Its reason is known already.
            stop(new ExportStoppedException(ExportStoppedException.Cause.SHUTDOWN));
        } catch (RuntimeException e) {
            stop(e);
        } catch (Error e) {
            stop(new IllegalStateException(e));
            throw e;
        }
    }

    private void read(LiveFile file, ChunkQueue.Slot slot, RowWriter writer, OutputBuffer out) {
        turns.begin();
        try {
            rows.read(
                    file,
                    batch -> {
                        write(batch, slot, writer, out);
                        return true;
                    },
                    control);
            if (out.length() > 0) {
                handOn(slot, out);
            }
        } finally {
            turns.end();
        }
    }

    private void write(RowBatch batch, ChunkQueue.Slot slot, RowWriter writer, OutputBuffer out) {
        for (int row = 0; row < batch.rows(); ) {
            row = writer.write(batch, row, out, limits.chunkBytes());
            if (out.length() >= limits.chunkBytes()) {
                handOn(slot, out);
            }
        }
    }

    /** Waits for room without a turn: others go on meanwhile. */
    private void handOn(ChunkQueue.Slot slot, OutputBuffer out) {
        byte[] chunk = Arrays.copyOf(out.bytes(), out.length());
        out.clear();
        turns.end();
        try {
            queue.put(slot, chunk);
        } finally {
            turns.begin();
        }
    }

    private void send(RowEncoder encoder, ExportSink sink) {
        OutputBuffer out = new OutputBuffer(2 * limits.chunkBytes());
        inTurn(() -> encoder.begin(out));
        for (byte[] chunk = queue.take(); chunk != null; chunk = queue.take()) {
            byte[] some = chunk;
            inTurn(() -> encoder.rows(some, out));
            if (out.length() >= limits.chunkBytes() || queue.isIdle()) {
                flush(out, sink);
            }
        }
        inTurn(() -> encoder.end(out));
        flush(out, sink);
    }

    private void inTurn(Runnable work) {
        turns.begin();
        try {
            work.run();
        } finally {
            turns.end();
        }
    }

    private static void flush(OutputBuffer out, ExportSink sink) {
        if (out.length() > 0) {
            sink.send(out.bytes(), out.length());
            out.clear();
        }
    }
}
