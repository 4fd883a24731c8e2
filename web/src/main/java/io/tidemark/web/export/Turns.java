package io.tidemark.web.export;

import java.util.concurrent.Semaphore;

/**
 * Lets only some of the threads of all exports work at a time, in the order in which they asked. Who waits for something else
 * gives up its turn for so long.
 */
final class Turns {
    private final Semaphore permits;

    Turns(int atATime) {
        permits = new Semaphore(atATime, true);
    }

    void begin() {
        // Not to be interrupted: turns are short, as nobody waits for anything else while he has one.
        permits.acquireUninterruptibly();
    }

    void end() {
        permits.release();
    }

    /** Number of turns that nobody has. */
    int free() {
        return permits.availablePermits();
    }
}
