package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.files.StoreRequests.Operation;
import io.tidemark.ingest.files.StoreRequests.Outcome;
import java.util.Locale;

/** The meters of what a table costs its object store. */
final class StoreMetrics {

    private StoreMetrics() {}

    static void register(MeterRegistry registry, StoreRequests requests, Tags tags) {
        for (Operation operation : Operation.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder("tidemark.object.store.requests", requests, r -> r.count(operation, outcome))
                        .description("Requests to the object store; one that was tried again counts as often")
                        .tags(tags.and("operation", name(operation), "outcome", name(outcome)))
                        .register(registry);
            }
        }
        FunctionCounter.builder("tidemark.object.store.read.bytes", requests, StoreRequests::bytes)
                .description("Bytes of objects that were read from the object store")
                .tags(tags)
                .register(registry);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
