package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.cube.Unlisted.Rest;
import io.tidemark.views.quality.FindingKind;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.NativeMemory;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.live.LiveHub;
import io.tidemark.web.wire.ViewNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one table; their names are part of the contract. */
public final class TableMetrics {

    private TableMetrics() {}

    /** To be called once for each table; again only after it was forgotten. */
    public static void register(MeterRegistry registry, LiveTable table, LiveHub hub) {
        Tags tags = Tags.of("table", table.name());
        Gauge.builder("tidemark.applied.version", table, TableMetrics::appliedVersion)
                .description("Version that is served; -1 before the first")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.log.version", table, t -> Math.max(t.status().logVersion(), appliedVersion(t)))
                .description("Newest version known to exist; -1 if none")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.freshness.seconds", table, TableMetrics::freshness)
                .description("Time since the table was known to hold nothing that is not served; NaN if never")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.store.bytes", table, LiveTable::storeBytes)
                .description("Bytes of the state on disk")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.store.free.bytes", table, LiveTable::freeBytes)
                .description("Bytes that are free on the disk of the state")
                .tags(tags)
                .register(registry);
        nativeMemory(registry, table, tags);
        FunctionCounter.builder(
                        "tidemark.state.renewals", table, t -> t.stateHealth().renewals())
                .description("Times that the stored state was damaged, set aside and counted anew")
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "tidemark.versions.pinned",
                        table,
                        t -> t.queries().map(TableQueries::pins).orElse(0))
                .description("Versions held for downloads and queries that read files")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.views.heap.bytes", table, t -> t.heap().bytes())
                .description("Heap that the views take, as estimated")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.views.heap.limit.bytes", table, t -> t.heap().most())
                .description("Heap that the views may take; what would take more is refused")
                .tags(tags)
                .register(registry);
        for (String view : ViewNames.all(table.spec())) {
            if (!view.equals(ViewNames.TOTALS)) {
                Gauge.builder("tidemark.groups.not.shown", hub, h -> notShown(table, h, view))
                        .description("Groups of a view beyond those that pages and messages list")
                        .tags(tags.and("view", view))
                        .register(registry);
            }
        }
        Gauge.builder("tidemark.subscribers", hub, LiveHub::clients)
                .description("Open sockets")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("tidemark.updates.merged", hub, LiveHub::updatesMerged)
                .description("Updates merged into later ones because a client was slow")
                .tags(tags)
                .register(registry);
        work(registry, table, tags);
        oddities(registry, table, tags);
        table.storeRequests().ifPresent(requests -> StoreMetrics.register(registry, requests, tags));
        for (TailState state : TailState.values()) {
            Gauge.builder("tidemark.tailer.state", table, t -> t.status().state() == state ? 1 : 0)
                    .description("1 for what the tailer is doing, 0 for the rest")
                    .tags(tags.and(
                            "state", state.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .register(registry);
        }
    }

    /** Takes away all meters that are of a table, these and others'. */
    public static void forget(MeterRegistry registry, String table) {
        registry.getMeters().stream()
                .filter(meter -> table.equals(meter.getId().getTag("table")))
                .forEach(registry::remove);
    }

    private static void nativeMemory(MeterRegistry registry, LiveTable table, Tags tags) {
        Map<String, ToDoubleFunction<NativeMemory>> parts = Map.of(
                "cache", NativeMemory::cache,
                "write-buffers", NativeMemory::writeBuffers,
                "readers", NativeMemory::readers);
        parts.forEach((part, bytes) -> Gauge.builder(
                        "tidemark.store.memory.bytes", table, t -> bytes.applyAsDouble(t.nativeMemory()))
                .description("Memory that the store takes beside the heap; the write buffers are part of the cache")
                .tags(tags.and("part", part))
                .register(registry));
        Gauge.builder(
                        "tidemark.store.memory.limit.bytes",
                        table,
                        t -> t.nativeMemory().cacheLimit())
                .description("What the store's cache may take, write buffers and all")
                .tags(tags)
                .register(registry);
    }

    private static double notShown(LiveTable table, LiveHub hub, String view) {
        return hub.unlisted()
                .flatMap(unlisted -> ViewNames.rest(table.spec(), view, unlisted))
                .map(Rest::groups)
                .orElse(0L);
    }

    private static void work(MeterRegistry registry, LiveTable table, Tags tags) {
        FunctionTimer.builder(
                        "tidemark.commit.apply",
                        table,
                        t -> t.activity().steps(),
                        t -> t.activity().stepNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Time to apply a step: one commit, or several when behind")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        "tidemark.scan",
                        table,
                        t -> t.activity().files(),
                        t -> t.activity().scanNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Time to scan one data file")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "tidemark.rows.applied", table, t -> t.activity().rows())
                .description("Rows of files that entered the views")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "tidemark.files.scanned", table, t -> t.activity().files())
                .description("Data files scanned")
                .tags(tags)
                .register(registry);
    }

    private static void oddities(MeterRegistry registry, LiveTable table, Tags tags) {
        for (FindingKind kind : FindingKind.values()) {
            FunctionCounter.builder(
                            "tidemark.quality.findings",
                            table,
                            t -> t.findings().raised(kind))
                    .description("Oddities found in the table's data")
                    .tags(tags.and("kind", kind.title()))
                    .register(registry);
        }
        FunctionCounter.builder(
                        "tidemark.log.unknown.actions", table, t -> t.activity().unknownActions())
                .description("Actions of unknown kinds in the commits applied; passed over, as the protocol says")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "tidemark.log.removes.without.effect",
                        table,
                        t -> t.activity().removesWithoutEffect())
                .description("Removes of files that were not live; nothing was taken back for them")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "tidemark.log.adds.without.effect",
                        table,
                        t -> t.activity().addsWithoutEffect())
                .description("Adds of files that were live already; not counted twice")
                .tags(tags)
                .register(registry);
    }

    private static double appliedVersion(LiveTable table) {
        return table.state().map(ViewState::version).orElse(-1L);
    }

    private static double freshness(LiveTable table) {
        return table.status()
                .currentAt()
                .map(at -> Math.max(0, Duration.between(at, Instant.now()).toMillis()) / 1000.0)
                .orElse(Double.NaN);
    }
}
