package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.contract.Contract;
import io.tidemark.web.contract.RequestRules;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What a server stands on and no table is needed for. It takes half of a start, nearly all of it for loading classes, so it is made on
 * threads of its own while the states are opened.
 */
public final class Groundwork implements AutoCloseable {
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";
    static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final CompletableFuture<Vertx> vertx;
    private final CompletableFuture<Map<String, RequestRules>> rules;

    private Groundwork(CompletableFuture<Vertx> vertx, CompletableFuture<Map<String, RequestRules>> rules) {
        this.vertx = vertx;
        this.rules = rules;
    }

    /** Begins to make it. */
    public static Groundwork begin(CubeSpec spec, PrometheusMeterRegistry metrics) {
        return new Groundwork(
                apart("tidemark-start-vertx", () -> vertx(metrics)),
                apart("tidemark-start-rules", () -> RequestRules.of(Contract.of(spec, "", ""))));
    }

    /** On a thread that ends with it; the pools that there are keep theirs. */
    private static <T> CompletableFuture<T> apart(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static Vertx vertx(PrometheusMeterRegistry metrics) {
        // Else Netty has the flight recorder know each of its buffers.
        System.setProperty(NETTY_EVENTS, System.getProperty(NETTY_EVENTS, "false"));
        // Nothing is read through Vert.x's file system: then it needs no cache folder.
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(EVENT_LOOPS)
                        .setWorkerPoolSize(2)
                        .setFileSystemOptions(files)
                        .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
                .withMetrics(new TolerantMetrics(metrics))
                .build();
    }

    Vertx vertx() {
        return made(vertx);
    }

    /** What requests must be like, by path; the same for each table. */
    Map<String, RequestRules> rules() {
        return made(rules);
    }

    private static <T> T made(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        vertx().close().toCompletionStage().toCompletableFuture().join();
    }
}
