package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.web.alerts.AlertBoard;
import io.tidemark.web.alerts.Webhook;
import java.util.List;
import java.util.function.ToLongFunction;

/** What is measured of alerts. */
public final class AlertMetrics {

    private AlertMetrics() {}

    /** To be called once for each table. */
    public static void register(MeterRegistry registry, String table, AlertBoard board) {
        Tags tags = Tags.of("table", table);
        Gauge.builder("tidemark.alerts", board, AlertBoard::size)
                .description("Alerts that there are")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.alerts.firing", board, AlertBoard::firing)
                .description("Alerts that are firing")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("tidemark.alerts.fired", board, AlertBoard::fired)
                .description("How often an alert began to fire")
                .tags(tags)
                .register(registry);
    }

    /** Of all webhooks together. */
    public static void register(MeterRegistry registry, List<Webhook> webhooks) {
        Gauge.builder("tidemark.alert.webhook.waiting", webhooks, all -> sum(all, Webhook::waiting))
                .description("Messages that wait to be posted")
                .register(registry);
        outcome(registry, webhooks, "sent", Webhook::sent);
        outcome(registry, webhooks, "failed", Webhook::failed);
        outcome(registry, webhooks, "dropped", Webhook::dropped);
    }

    private static void outcome(
            MeterRegistry registry, List<Webhook> webhooks, String outcome, ToLongFunction<Webhook> count) {
        FunctionCounter.builder("tidemark.alert.webhook.messages", webhooks, all -> sum(all, count))
                .description("Messages to webhooks: taken by the other side, given up, or one too many to wait")
                .tags("outcome", outcome)
                .register(registry);
    }

    private static long sum(List<Webhook> webhooks, ToLongFunction<Webhook> count) {
        return webhooks.stream().mapToLong(count).sum();
    }
}
