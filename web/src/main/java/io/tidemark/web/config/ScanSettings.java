package io.tidemark.web.config;

import java.time.Duration;

/**
 * What full scans of tables may use up: those of all tables and clients together.
 *
 * @param threads that read files for them
 * @param limit scans that may be going on at once; one more is refused
 * @param deadline of a scan; longer ones are stopped
 */
public record ScanSettings(int threads, int limit, Duration deadline) {

    /** A thread for each processor: as many as the tailer has, which is not to wait long for them. */
    public static final ScanSettings DEFAULT =
            new ScanSettings(Math.max(1, Runtime.getRuntime().availableProcessors()), 32, Duration.ofSeconds(60));

    public ScanSettings {
        if (threads < 1 || limit < 1 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("not above zero: " + threads + ", " + limit + ", " + deadline);
        }
    }
}
