package io.tidemark.views.query;

import java.util.concurrent.atomic.AtomicLong;

/** The part of the heap that all scans together may hold results in. For any thread. */
public final class ScanHeap {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most bytes */
    ScanHeap(long most) {
        this.most = most;
    }

    long held() {
        return held.get();
    }

    /** What one piece of work holds; for one thread at a time. */
    public final class Holding implements AutoCloseable {
        private long bytes;

        /**
         * Says how much it is by now.
         *
         * @throws ScanTooLargeException if it is more than there is room for
         */
        public void is(long now) {
            long more = now - bytes;
            if (held.addAndGet(more) > most && more > 0) {
                held.addAndGet(-more);
                throw new ScanTooLargeException(most);
            }
            bytes = now;
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
