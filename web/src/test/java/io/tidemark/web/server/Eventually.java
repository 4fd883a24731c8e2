package io.tidemark.web.server;

import java.util.concurrent.TimeUnit;

/** Waits for what is to become true. */
final class Eventually {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Eventually() {}

    /** What may or may not be true yet. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void holds(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not become true that " + what);
            }
            Thread.sleep(2);
        }
    }
}
