package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.web.export.Exports;

/** What is measured of downloads. */
public final class ExportMetrics {

    private ExportMetrics() {}

    public static void register(MeterRegistry registry, Exports exports) {
        Gauge.builder("tidemark.exports.running", exports, Exports::running)
                .description("Downloads that are going on")
                .register(registry);
        Gauge.builder("tidemark.exports.bytes.ahead", exports, Exports::bytesAhead)
                .description("Bytes of rows that are read and wait for clients")
                .register(registry);
        Gauge.builder("tidemark.exports.rows.passed", exports, Exports::rowsPassed)
                .description("Rows that the downloads that are going on have read or gone past")
                .register(registry);
        FunctionCounter.builder("tidemark.exports.bytes.sent", exports, Exports::bytesSent)
                .description("Bytes given to the connections of downloads")
                .register(registry);
    }
}
