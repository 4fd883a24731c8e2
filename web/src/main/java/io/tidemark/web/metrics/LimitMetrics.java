package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Refusals;
import io.tidemark.web.limits.Slots;
import java.util.function.Supplier;

/** The meters of what clients use up of the server, and of what they were refused. */
public final class LimitMetrics {

    private LimitMetrics() {}

    /** To be called once. */
    public static void register(MeterRegistry registry, Slots connections, Slots requests, Refusals refusals) {
        slots(registry, "tidemark.connections", "Connections that are open", connections);
        slots(registry, "tidemark.requests.in.flight", "Requests that are being answered", requests);
        for (Refusal reason : Refusal.values()) {
            FunctionCounter.builder("tidemark.requests.refused", refusals, r -> r.of(reason))
                    .description("What clients were refused: connections, requests, sockets, messages")
                    .tag("reason", reason.title())
                    .register(registry);
        }
        // Netty counts what it takes by itself; where it does not, it takes it of the JVM, which jvm_buffer_* count.
        Gauge.builder("tidemark.direct.memory.bytes", () -> Math.max(0, PlatformDependent.usedDirectMemory()))
                .description("Memory beside the heap that connections take for what they read and send")
                .register(registry);
        Gauge.builder("tidemark.direct.memory.limit.bytes", PlatformDependent::maxDirectMemory)
                .description("What connections may take beside the heap; one that needs more is closed")
                .register(registry);
    }

    /**
     * To be called once.
     *
     * @param unsent bytes that wait to be taken by all clients
     * @param most of them
     */
    public static void register(MeterRegistry registry, Supplier<Number> unsent, long most) {
        Gauge.builder("tidemark.unsent.bytes", unsent)
                .description("What waits to be taken by clients")
                .register(registry);
        Gauge.builder("tidemark.unsent.limit.bytes", () -> most)
                .description("What may wait; beyond, those who leave most are cut off")
                .register(registry);
    }

    private static void slots(MeterRegistry registry, String name, String what, Slots slots) {
        Gauge.builder(name, slots, Slots::taken).description(what).register(registry);
        Gauge.builder(name + ".limit", slots, s -> s.most().inAll())
                .description(what + ", at most")
                .register(registry);
    }
}
