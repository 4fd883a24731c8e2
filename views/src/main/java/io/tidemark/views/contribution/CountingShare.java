package io.tidemark.views.contribution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * The part of the heap that files may take together while they are counted. Who needs more than is left waits for the others; the
 * file that was begun first never waits, so that there is always one that goes on. For any number of threads.
 */
final class CountingShare {
    private final long most;
    private final Deque<Ticket> oldestFirst = new ArrayDeque<>();
    private long taken;

    /** @param most bytes of all files together */
    CountingShare(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    synchronized Ticket open() {
        Ticket ticket = new Ticket();
        oldestFirst.addLast(ticket);
        return ticket;
    }

    /** What one file takes; to be closed on the thread that opened it. */
    final class Ticket implements AutoCloseable {
        private long bytes;

        /**
         * Says what the file takes by now, and waits until there is room for it.
         *
         * @return false if there never will be: the file alone takes more than all may
         * @throws CancellationException if interrupted
         */
        boolean take(long now) {
            synchronized (CountingShare.this) {
                if (now > most) {
                    return false;
                }
                while (taken - bytes + now > most && oldestFirst.peekFirst() != this) {
                    try {
                        CountingShare.this.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CancellationException("Interrupted while files were counted");
                    }
                }
                taken += now - bytes;
                bytes = now;
                return true;
            }
        }

        @Override
        public void close() {
            synchronized (CountingShare.this) {
                taken -= bytes;
                oldestFirst.remove(this);
                CountingShare.this.notifyAll();
            }
        }
    }
}
