package io.tidemark.web.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** What applying commits costs. */
public final class ApplyMeters {
    private final Timer commitApply;
    private final Timer scan;
    private final Counter rows;
    private final Counter files;

    public ApplyMeters(MeterRegistry registry, String table) {
        Tags tags = Tags.of("table", table);
        this.commitApply = Timer.builder("tidemark.commit.apply")
                .description("Time to apply a step: one commit, or several when behind")
                .tags(tags)
                .register(registry);
        this.scan = Timer.builder("tidemark.scan")
                .description("Time to scan one file")
                .tags(tags)
                .register(registry);
        this.rows = Counter.builder("tidemark.rows.applied")
                .description("Rows that entered or left the views")
                .tags(tags)
                .register(registry);
        this.files = Counter.builder("tidemark.files.scanned")
                .description("Data files scanned")
                .tags(tags)
                .register(registry);
    }

    public Timer commitApply() {
        return commitApply;
    }

    public Timer scan() {
        return scan;
    }

    public Counter rows() {
        return rows;
    }

    public Counter files() {
        return files;
    }
}
