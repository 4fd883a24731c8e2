package io.tidemark.web.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * All meters of a process. Those of the JVM are made when somebody first asks for them: the beans of its management take a tenth of
 * a start, and made right after it they are in the way of the first requests.
 */
public final class ServiceMetrics extends PrometheusMeterRegistry {
    private boolean hasProcess;

    public ServiceMetrics() {
        super(PrometheusConfig.DEFAULT);
    }

    @Override
    public String scrape() {
        bindProcess();
        return super.scrape();
    }

    private synchronized void bindProcess() {
        if (hasProcess) {
            return;
        }
        hasProcess = true;
        new JvmMemoryMetrics().bindTo(this);
        new JvmThreadMetrics().bindTo(this);
        new FileDescriptorMetrics().bindTo(this);
        new ProcessorMetrics().bindTo(this);
        new UptimeMetrics().bindTo(this);
    }
}
