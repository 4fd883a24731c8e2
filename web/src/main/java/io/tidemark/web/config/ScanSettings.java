package io.tidemark.web.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What full scans of tables may use up: those of all tables and clients together.
 *
 * @param threads that read files for them
 * @param limit scans that may be going on at once; one more is refused
 * @param deadline of a scan; longer ones are stopped
 * @param exports that may be going on at once; empty: as many as fit into half of the heap
 */
public record ScanSettings(int threads, int limit, Duration deadline, OptionalInt exports) {

    /** A thread for each processor: as many as the tailer has, which is not to wait long for them. */
    public static final ScanSettings DEFAULT =
            new ScanSettings(Math.max(1, Runtime.getRuntime().availableProcessors()), 32, Duration.ofSeconds(60));

    public ScanSettings {
        if (threads < 1 || limit < 1 || deadline.isNegative() || deadline.isZero() || exports.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "not above zero: " + threads + ", " + limit + ", " + deadline + ", " + exports);
        }
    }

    /** With as many exports as fit. */
    public ScanSettings(int threads, int limit, Duration deadline) {
        this(threads, limit, deadline, OptionalInt.empty());
    }
}
