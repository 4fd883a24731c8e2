package io.tidemark.views.query;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.ScanCancelledException;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.query.ScanStoppedException.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One scan that was admitted: its work on the shared threads, its deadline, and its progress.
 *
 * <p>One thread runs it and closes it. {@link #cancel()}, {@link #check()} and {@link #progress()} are for any thread.
 */
public final class Scan implements AutoCloseable {
    /** Pieces of work that are begun before the first of them is delivered. */
    private static final int AHEAD = 2 * Runtime.getRuntime().availableProcessors();

    private final ScanThreads threads;
    private final long deadlineNanos;
    private final Deque<FutureTask<?>> waiting = new ConcurrentLinkedDeque<>();
    private final LongAdder rows = new LongAdder();
    private final ScanControl control = new ScanControl();
    private final LongAdder filesDone = new LongAdder();
    private volatile long files;
    private volatile boolean cancelled;
    private int working; // pieces of work on some thread; guarded by this

    Scan(ScanThreads threads, Duration deadline) {
        this.threads = threads;
        this.deadlineNanos = System.nanoTime() + deadline.toNanos();
    }

    /**
     * Works on items, several at a time, and delivers what comes of them on the caller's thread in the items' order. Returns or
     * throws when nothing of it is going on any more.
     *
     * @param work runs on the shared threads; calls {@link #check()} often
     * @throws ScanStoppedException if it was cancelled or took too long
     * @throws RuntimeException whatever the work threw first, in the items' order
     */
    public <I, T> void run(Iterator<I> items, Function<I, T> work, Consumer<T> sink) {
        Deque<FutureTask<T>> begun = new ArrayDeque<>();
        try {
            while (items.hasNext() || !begun.isEmpty()) {
                while (items.hasNext() && begun.size() < AHEAD) {
                    begun.add(begin(items.next(), work));
                }
                check();
                T result = await(begun.element());
                begun.remove();
                sink.accept(result);
                filesDone.increment();
            }
        } finally {
            giveUp(begun);
        }
    }

    private <I, T> FutureTask<T> begin(I item, Function<I, T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            check();
            try {
                return work.apply(item);
            } catch (ScanCancelledException e) {
                throw new ScanStoppedException(Cause.CANCELLED);
            }
        });
        waiting.add(task);
        threads.hasWork(this);
        return task;
    }

    private <T> T await(FutureTask<T> task) {
        try {
            return task.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw new ScanStoppedException(Cause.CANCELLED);
        } catch (TimeoutException e) {
            throw new ScanStoppedException(Cause.DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScanStoppedException(Cause.CANCELLED);
        }
    }

    /** Waits for what is being worked on, after telling it to stop; what nobody has taken is dropped. */
    private void giveUp(Deque<? extends FutureTask<?>> begun) {
        if (begun.isEmpty()) {
            return;
        }
        cancel();
        boolean interrupted = false;
        synchronized (this) {
            while (working > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A piece of work for a thread that is free. */
    Optional<Runnable> take() {
        FutureTask<?> task = waiting.poll();
        if (task == null) {
            return Optional.empty();
        }
        synchronized (this) {
            working++;
        }
        return Optional.of(() -> {
            try {
                task.run();
            } finally {
                synchronized (this) {
                    working--;
                    notifyAll();
                }
            }
        });
    }

    /**
     * To be called by whoever works for this scan, at least each batch of rows.
     *
     * @throws ScanStoppedException if it is to end
     */
    public void check() {
        if (cancelled) {
            throw new ScanStoppedException(Cause.CANCELLED);
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new ScanStoppedException(Cause.DEADLINE);
        }
    }

    /** True if the work should end. */
    public boolean isOver() {
        return cancelled || System.nanoTime() - deadlineNanos > 0;
    }

    /** Ends the work soon: whoever asked is gone. */
    public void cancel() {
        cancelled = true;
        control.cancel();
        // Or else it would end only when a thread is free to look at it.
        waiting.forEach(task -> task.cancel(false));
    }

    /** For what a piece of work holds in memory; to be closed. */
    public ScanHeap.Holding holding() {
        return threads.heap().new Holding();
    }

    /** Ends scans of files together with this. */
    public ScanControl control() {
        return control;
    }

    /** Counts the rows of a file that pass, within what this scan may hold in memory. On a shared thread. */
    FileCounts count(
            FilteredFileCounter counter, DataFile file, TableMetadata metadata, RowFilter filter, long rowsOfFile) {
        try (ScanHeap.Holding holding = holding()) {
            FileCounts counts = counter.count(file, metadata, filter, control, bytes -> {
                check();
                holding.is(bytes);
            });
            looked(Math.max(rowsOfFile, counts.rows()));
            return counts;
        }
    }

    /** How long this may still take. */
    public long millisLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
    }

    /** Says that another process has read a file for this scan. */
    public void doneElsewhere(long rowsOfFile) {
        filesDone.increment();
        looked(rowsOfFile);
    }

    /** Says how many files there are to read. */
    public void expect(long total) {
        files = total;
    }

    /** Says that rows were looked at. */
    public void looked(long more) {
        rows.add(more);
    }

    public ScanProgress progress() {
        return new ScanProgress(files, filesDone.sum(), rows.sum());
    }

    @Override
    public void close() {
        threads.leave(this);
    }
}
