package io.tidemark.ingest.tail;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waiting that can be cut short. */
interface Pause {

    /**
     * Waits.
     *
     * @param atLeast this long whatever happens, short of an interrupt
     * @param atMost after it, up to this long in all if nobody wakes
     */
    void await(Duration atLeast, Duration atMost) throws InterruptedException;

    /** Ends the wait that is going on, or the next one if none is. For any thread. */
    void wake();

    /** Real time. */
    static Pause real() {
        Semaphore calls = new Semaphore(0);
        return new Pause() {
            @Override
            public void await(Duration atLeast, Duration atMost) throws InterruptedException {
                if (!atLeast.isZero()) {
                    Thread.sleep(atLeast.toMillis());
                }
                long rest = atMost.minus(atLeast).toMillis();
                if (rest > 0 && calls.tryAcquire(rest, TimeUnit.MILLISECONDS)) {
                    // Many calls are one.
                    calls.drainPermits();
                }
            }

            @Override
            public void wake() {
                calls.release();
            }
        };
    }
}
