package io.tidemark.views.maintain;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.cube.FileCounts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts files on several threads, and hands what they hold to the caller's thread in the order in which it is ready.
 *
 * <p>Files are taken from the caller's iterator only as threads are free for them, so that what is in flight is bounded. One
 * caller at a time.
 */
final class ParallelCounter implements AutoCloseable {
    /** Tiny files go to a thread several at a time: handing one over costs about as much as counting it. */
    private static final int MOST_AT_A_TIME = 32;

    private static final long BYTES_AT_A_TIME = 1 << 20;
    /** What a closed pool had not begun never becomes ready. */
    private static final long CLOSED_CHECK_MILLIS = 200;

    private final FileCounter counter;
    private final MaintainerStatistics statistics;
    private final int mostInFlight;
    private final ExecutorService threads;

    ParallelCounter(FileCounter counter, int threads, MaintainerStatistics statistics) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive: " + threads);
        }
        this.counter = counter;
        this.statistics = statistics;
        this.mostInFlight = 2 * threads;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tidemark-scan-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes what a file holds, on the caller's thread. */
    interface Taker {
        void take(DataFile file, FileCounts counts);
    }

    /** @throws RuntimeException the first failure of a count, after those on other threads have ended */
    void count(Iterator<DataFile> files, TableMetadata metadata, Taker taker) {
        if (!files.hasNext()) {
            return;
        }
        DataFile first = files.next();
        if (!files.hasNext()) {
            // The usual commit: no other thread needs to wake up for it.
            taker.take(first, count(first, metadata));
            return;
        }
        new Run(files, metadata).deliver(first, taker);
    }

    private FileCounts count(DataFile file, TableMetadata metadata) {
        long began = System.nanoTime();
        FileCounts counts = counter.count(file, metadata);
        statistics.scanNanos.add(System.nanoTime() - began);
        statistics.filesScanned.increment();
        statistics.rowsScanned.add(counts.rows());
        statistics.bytesScanned.add(file.size());
        return counts;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A batch of files, and then what they hold, or why one of them could not be counted. */
    private static final class Batch {
        private final List<DataFile> files = new ArrayList<>();
        private final List<FileCounts> counts = new ArrayList<>();
        private Throwable failure;
    }

    /** One call: its files, and what is in flight of them. */
    private final class Run {
        private final Iterator<DataFile> files;
        private final TableMetadata metadata;
        private final BlockingQueue<Batch> ready = new LinkedBlockingQueue<>();
        private volatile boolean givenUp;
        private int inFlight;
        private int submitted;

        Run(Iterator<DataFile> files, TableMetadata metadata) {
            this.files = files;
            this.metadata = metadata;
        }

        void deliver(DataFile first, Taker taker) {
            try {
                Batch one = new Batch();
                one.files.add(first);
                submit(one);
                while (inFlight > 0) {
                    while (inFlight < mostInFlight && files.hasNext()) {
                        submit(nextBatch());
                    }
                    take(nextReady(), taker);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while files were counted");
            } finally {
                giveUp();
            }
        }

        private Batch nextReady() throws InterruptedException {
            while (true) {
                Batch batch = ready.poll(CLOSED_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    return batch;
                }
                if (threads.isShutdown()) {
                    throw new CancellationException("Closed while files were counted");
                }
            }
        }

        private Batch nextBatch() {
            // Begins with single files, so that a few big ones are spread over all threads.
            int most = Math.min(MOST_AT_A_TIME, 1 + submitted / mostInFlight);
            Batch batch = new Batch();
            long bytes = 0;
            do {
                DataFile file = files.next();
                batch.files.add(file);
                bytes += file.size();
            } while (batch.files.size() < most && bytes < BYTES_AT_A_TIME && files.hasNext());
            return batch;
        }

        private void submit(Batch batch) {
            threads.execute(() -> work(batch));
            submitted++;
            inFlight++;
        }

        private void work(Batch batch) {
            try {
                for (DataFile file : batch.files) {
                    if (givenUp) {
                        break;
                    }
                    batch.counts.add(count(file, metadata));
                }
            } catch (Throwable e) {
                // Errors too: the caller's thread decides what they mean.
                batch.failure = e;
            }
            ready.add(batch);
        }

        private void take(Batch batch, Taker taker) {
            inFlight--;
            for (int i = 0; i < batch.counts.size(); i++) {
                taker.take(batch.files.get(i), batch.counts.get(i));
            }
            if (batch.failure instanceof Error error) {
                throw error;
            }
            if (batch.failure != null) {
                throw (RuntimeException) batch.failure;
            }
        }

        /** Waits for what is in flight, so that nothing of this call goes on after it. */
        private void giveUp() {
            givenUp = true;
            boolean interrupted = false;
            while (inFlight > 0) {
                try {
                    nextReady();
                    inFlight--;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (CancellationException e) {
                    break;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
