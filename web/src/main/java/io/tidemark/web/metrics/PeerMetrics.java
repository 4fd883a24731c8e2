package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.web.peer.Peers;

/** The meters of what instances of a cluster ask one another. */
public final class PeerMetrics {

    private PeerMetrics() {}

    public static void register(MeterRegistry registry, Peers peers) {
        FunctionCounter.builder("tidemark.peer.asked", peers, Peers::asked)
                .description("Requests to other instances for their shares of scans and exports")
                .register(registry);
        FunctionCounter.builder("tidemark.peer.answered", peers, Peers::answered)
                .description("Requests of other instances that were worked on")
                .register(registry);
        FunctionCounter.builder("tidemark.peer.refused", peers, Peers::refused)
                .description("Requests of somebody who does not know the cluster's token")
                .register(registry);
        Gauge.builder("tidemark.peer.working", peers, Peers::working)
                .description("Requests of other instances that are being worked on")
                .register(registry);
    }
}
