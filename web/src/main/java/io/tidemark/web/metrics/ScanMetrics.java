package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.web.scan.ScanPool;

/** The meters of the scans of all tables. */
public final class ScanMetrics {

    private ScanMetrics() {}

    public static void register(MeterRegistry registry, ScanPool pool) {
        Gauge.builder("tidemark.scans.running", pool, ScanPool::running)
                .description("Scans for queries and exports that are going on")
                .register(registry);
        FunctionCounter.builder("tidemark.scans.refused", pool, ScanPool::refused)
                .description("Scans that were not begun because there were too many")
                .register(registry);
        FunctionCounter.builder("tidemark.scans.cancelled", pool, ScanPool::cancelled)
                .description("Scans that were stopped because whoever asked was gone")
                .register(registry);
        FunctionCounter.builder("tidemark.scans.timed.out", pool, ScanPool::tookTooLong)
                .description("Scans that were stopped at their deadline")
                .register(registry);
    }
}
