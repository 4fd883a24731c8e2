package io.tidemark.views.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The threads that all full scans of a process share. A thread that is free takes a piece of work from each scan in turn, so a
 * scan of many files does not make one of few files wait for its end.
 *
 * <p>Safe for use by many threads. {@link #close()} cancels what is going on.
 */
public final class ScanThreads implements AutoCloseable {
    private final int limit;
    private final ScanHeap heap = new ScanHeap(Runtime.getRuntime().maxMemory() / 8);
    private final Set<Scan> admitted = new HashSet<>();
    /** Scans with work that nobody has taken, each once, in the order of their turns. */
    private final Deque<Scan> turns = new ArrayDeque<>();

    private boolean closed;

    /**
     * @param threads that read files
     * @param limit scans that may be going on at once
     */
    public ScanThreads(int threads, int limit) {
        this.limit = limit;
        IntStream.range(0, threads).forEach(i -> {
            Thread thread = new Thread(this::work, "tidemark-scan-" + i);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * Lets a scan begin. Close it, whatever comes of it.
     *
     * @throws ScanRefusedException if there are too many
     */
    public synchronized Scan admit(Duration deadline) {
        if (admitted.size() >= limit || closed) {
            throw new ScanRefusedException(limit);
        }
        Scan scan = new Scan(this, deadline);
        admitted.add(scan);
        return scan;
    }

    ScanHeap heap() {
        return heap;
    }

    /** Scans that are going on. */
    public synchronized int running() {
        return admitted.size();
    }

    /** Says that a scan has work to be taken. */
    synchronized void hasWork(Scan scan) {
        if (!turns.contains(scan)) {
            turns.addLast(scan);
            notify();
        }
    }

    synchronized void leave(Scan scan) {
        turns.remove(scan);
        admitted.remove(scan);
    }

    private void work() {
        for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
            next.get().run();
        }
    }

    /** Waits for work; empty if there will be none any more. */
    private synchronized Optional<Runnable> next() {
        while (true) {
            while (turns.isEmpty() && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    return Optional.empty();
                }
            }
            if (closed) {
                return Optional.empty();
            }
            Scan scan = turns.removeFirst();
            Optional<Runnable> work = scan.take();
            if (work.isPresent()) {
                // To the end of the line: whoever else waits is asked before it.
                hasWork(scan);
                return work;
            }
        }
    }

    @Override
    public void close() {
        Set<Scan> goingOn;
        synchronized (this) {
            closed = true;
            goingOn = new HashSet<>(admitted);
            notifyAll();
        }
        goingOn.forEach(Scan::cancel);
    }
}
