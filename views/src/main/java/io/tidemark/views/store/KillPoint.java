package io.tidemark.views.store;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a test has the process killed in the midst of a step: {@code -Dtidemark.kill-at=written:3} sends it a SIGKILL when it comes
 * to {@link #WRITTEN} for the third time, and lets that thread go no further. Without the property, a comparison.
 */
public enum KillPoint {
    /** The files of a step are read and counted, and nothing of it is written. */
    COUNTED,
    /** Some of a large step's entries are written ahead of it. */
    AHEAD,
    /** A step is written, and not shown. */
    WRITTEN,
    /** It is shown to who asks, and not yet told to those who are to be told. */
    SHOWN,
    /** In a cluster, a step is in the merge's stores and said to all, and its transaction is not committed. */
    MERGED,
    /** In a cluster, a step's files and its head are said and the tail's cursor is moved, and its transaction is not committed. */
    SAID;

    private static final String ASKED = System.getProperty("tidemark.kill-at", "");
    private static final KillPoint POINT =
            ASKED.isEmpty() ? null : valueOf(ASKED.replaceFirst(":.*", "").toUpperCase(Locale.ROOT));
    private static final AtomicInteger LEFT =
            new AtomicInteger(ASKED.contains(":") ? Integer.parseInt(ASKED.replaceFirst(".*:", "")) : 1);

    /** The writer's thread is here. */
    public void pass() {
        if (this == POINT && LEFT.decrementAndGet() == 0) {
            kill();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-KILL",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("It could not be killed", e);
        }
    }
}
