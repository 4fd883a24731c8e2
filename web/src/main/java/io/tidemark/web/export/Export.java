package io.tidemark.web.export;

import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.query.ScanPeerException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.TableRows;
import io.tidemark.views.store.LiveFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download: some threads read files and write their rows into chunks, several files at once but no further ahead than a
 * bound; one thread makes a file of the chunks, in order, and sends it. When the client takes nothing, all of them wait.
 *
 * <p>Run once. {@link #stop} and the numbers are for any thread.
 */
final class Export {
    private static final Logger LOG = LoggerFactory.getLogger(Export.class);

    private final TableRows rows;
    private final ExportFormat format;
    private final boolean raw;
    private final ExportLimits limits;
    private final Turns turns;
    private final Executor threads;
    private final Optional<RowsElsewhere> elsewhere;
    private final ScanControl control = new ScanControl();
    private final ChunkQueue queue;

    Export(
            TableRows rows,
            ExportFormat format,
            boolean raw,
            ExportLimits limits,
            Turns turns,
            Executor threads,
            Optional<RowsElsewhere> elsewhere) {
        this.rows = rows;
        this.format = format;
        this.raw = raw;
        this.limits = limits;
        this.turns = turns;
        this.threads = threads;
        this.elsewhere = elsewhere;
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
        Optional<RowsElsewhere.Places> places = elsewhere.map(other -> other.places(rows.work()));
        FileRuns files = new FileRuns(rows.files(control), places.isPresent());
        Phaser reading = new Phaser(1);
        try {
            int readers =
                    limits.readers() + places.map(RowsElsewhere.Places::readers).orElse(0);
            for (int i = 0; i < readers; i++) {
                startReading(files, places, reading);
            }
            send(encoder, sink);
        } catch (RuntimeException | Error e) {
            stop(e instanceof RuntimeException known ? known : new IllegalStateException(e));
            throw e;
        } finally {
            reading.arriveAndAwaitAdvance();
        }
    }

    private void startReading(FileRuns files, Optional<RowsElsewhere.Places> places, Phaser reading) {
        reading.register();
        try {
            threads.execute(() -> {
                try {
                    read(files, places);
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

    private void read(FileRuns files, Optional<RowsElsewhere.Places> places) {
        RowReading here = new RowReading(rows, format, raw, limits, turns, control);
        try {
            while (true) {
                List<LiveFile> run;
                Optional<RowsElsewhere.Place> place;
                ChunkQueue.Slot slot;
                synchronized (files) {
                    if (!files.hasNext()) {
                        queue.close();
                        return;
                    }
                    run = files.next();
                    List<LiveFile> some = run;
                    place = places.flatMap(all -> all.of(some));
                    // What is read elsewhere takes nothing here but its chunks.
                    slot = queue.begin(
                            place.isPresent()
                                    ? 0
                                    : run.stream()
                                            .mapToLong(file -> file.file().size())
                                            .sum());
                }
                if (place.isPresent()) {
                    readElsewhere(place.get(), run, slot, here);
                } else {
                    run.forEach(file -> here.read(file, chunk -> queue.put(slot, chunk)));
                }
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

    /** What another place does not bring is read here: a download that has begun goes on. */
    private void readElsewhere(RowsElsewhere.Place place, List<LiveFile> run, ChunkQueue.Slot slot, RowReading here) {
        long[] brought = {0};
        try {
            place.read(run, format, raw, this::check, chunk -> {
                queue.put(slot, chunk);
                brought[0] += chunk.length;
            });
        } catch (ScanPeerException e) {
            LOG.warn("Some rows of an export are read here: {}", e.getMessage());
            run.forEach(file -> here.read(file, chunk -> {
                // Chunks may be cut otherwise, but what came is whole rows.
                int known = (int) Math.min(brought[0], chunk.length);
                brought[0] -= known;
                if (known < chunk.length) {
                    queue.put(slot, Arrays.copyOfRange(chunk, known, chunk.length));
                }
            }));
        }
    }

    private void check() {
        if (control.isCancelled()) {
            throw new ScanStoppedException(ScanStoppedException.Cause.CANCELLED);
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
