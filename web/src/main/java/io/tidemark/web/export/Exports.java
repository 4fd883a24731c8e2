package io.tidemark.web.export;

import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.query.TableRows;
import io.tidemark.views.store.LiveFile;
import io.tidemark.web.export.ExportStoppedException.Cause;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * All downloads of a process: no more than a limit at once, on threads of their own, of which only some work at a time. Pages and
 * queries have other threads and another limit.
 *
 * <p>Safe for use by many threads. {@link #close()} stops what is going on.
 */
public final class Exports implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final ExportLimits limits;
    private final Turns turns;
    private final ExecutorService threads;
    private final Set<Ticket> running = new HashSet<>();
    private final LongAdder bytesSent = new LongAdder();
    private final Map<String, RowsElsewhere> elsewhere = new ConcurrentHashMap<>();
    private boolean closed;

    public Exports(ExportLimits limits) {
        this.limits = limits;
        this.turns = new Turns(limits.turns());
        AtomicInteger number = new AtomicInteger();
        // As many as the exports that are let in have: each its readers, and one that sends.
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "tidemark-export-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    public ExportLimits limits() {
        return limits;
    }

    /** Has files of a table's downloads read elsewhere too, from now on. */
    public void share(String table, RowsElsewhere by) {
        elsewhere.put(table, by);
    }

    /** Has them read here alone. */
    public void unshare(String table) {
        elsewhere.remove(table);
    }

    /**
     * Writes the rows of some files, one after the other, on the caller's thread: a part of somebody else's download.
     *
     * @param chunks takes whole rows; may wait
     * @throws io.tidemark.views.query.ScanStoppedException if the control was cancelled
     * @throws io.tidemark.ingest.log.TableException if the rows cannot be read
     */
    public void write(
            TableRows rows,
            ExportFormat format,
            boolean raw,
            List<LiveFile> files,
            ScanControl control,
            Consumer<byte[]> chunks) {
        RowReading reading = new RowReading(rows, format, raw, limits, turns, control);
        files.forEach(file -> reading.read(file, chunks));
    }

    /** Lets a download begin; empty if there are too many. Close what is given, whatever comes of it. */
    public synchronized Optional<Ticket> admit() {
        if (closed || running.size() >= limits.exports()) {
            return Optional.empty();
        }
        Ticket ticket = new Ticket();
        running.add(ticket);
        return Optional.of(ticket);
    }

    /** Downloads that are going on. */
    public synchronized int running() {
        return running.size();
    }

    /** Bytes that all downloads gave to their clients' connections so far. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    /** Bytes of rows that are read and wait for their clients. */
    public synchronized long bytesAhead() {
        return running.stream().mapToLong(Ticket::bytesAhead).sum();
    }

    /** Rows that the downloads that are going on have read or gone past. */
    public synchronized long rowsPassed() {
        return running.stream().mapToLong(Ticket::rowsPassed).sum();
    }

    /** Turns that nobody has: all of them when nothing is going on. */
    int freeTurns() {
        return turns.free();
    }

    /** The right to one download. */
    public final class Ticket implements AutoCloseable {
        private Export export;
        private RuntimeException stopped;

        private Ticket() {}

        /** Works on a thread for this download, once. */
        public void execute(Runnable work) {
            threads.execute(work);
        }

        /**
         * Sends all rows, on the thread of {@link #execute}.
         *
         * @throws ExportStoppedException if it was stopped
         * @throws io.tidemark.ingest.log.TableException if the rows cannot be read, or not be written in this format
         */
        public void run(TableRows rows, ExportFormat format, boolean raw, ExportAbout about, ExportSink sink) {
            Export begun = new Export(
                    rows, format, raw, limits, turns, threads, Optional.ofNullable(elsewhere.get(about.table())));
            synchronized (this) {
                if (stopped != null) {
                    throw stopped;
                }
                export = begun;
            }
            begun.run(about, (bytes, length) -> {
                sink.send(bytes, length);
                bytesSent.add(length);
            });
        }

        /** Ends the download soon; may be called more than once, and before it has begun. */
        public synchronized void stop(Cause why) {
            if (stopped == null) {
                stopped = new ExportStoppedException(why);
                if (export != null) {
                    export.stop(stopped);
                }
            }
        }

        private synchronized long bytesAhead() {
            return export == null ? 0 : export.bytesAhead();
        }

        private synchronized long rowsPassed() {
            return export == null ? 0 : export.rowsPassed();
        }

        @Override
        public void close() {
            synchronized (Exports.this) {
                running.remove(this);
            }
        }
    }

    /** Waits a little for what is going on to end: the tables that it reads are closed next. */
    @Override
    public void close() {
        Set<Ticket> goingOn;
        synchronized (this) {
            closed = true;
            goingOn = new HashSet<>(running);
        }
        goingOn.forEach(ticket -> ticket.stop(Cause.SHUTDOWN));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
