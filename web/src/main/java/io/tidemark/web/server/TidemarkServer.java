package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.alerts.Webhook;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.AlertMetrics;
import io.tidemark.web.metrics.ExportMetrics;
import io.tidemark.web.metrics.ScanMetrics;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP server: pages, REST and sockets of some tables. Listens from {@link #start()} on; the tables may be started before
 * or after, but not before this is made.
 */
public final class TidemarkServer implements AutoCloseable {
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 16 << 10;
    private static final int MAX_MESSAGE = 64 << 10;
    private static final int COMPRESSED_FROM = 512;
    private static final int IDLE_SECONDS = 75;
    private static final int MAX_WAITING = 256;
    private static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ServerOptions options;
    private final Vertx vertx;
    private final ThreadPoolExecutor workers;
    private final ScanPool scans;
    private final Exports exports;
    private final List<Webhook> webhooks;
    private final List<TableSite> sites;
    private final Site site;
    private final HttpServer server;

    public TidemarkServer(
            ServerOptions options,
            List<? extends LiveTable> tables,
            PrometheusMeterRegistry metrics,
            HubLimits limits) {
        this.options = options;
        this.vertx = Vertx.builder()
                .with(vertxOptions())
                .withMetrics(new MicrometerMetricsFactory(metrics))
                .build();
        this.workers = workers();
        this.scans = new ScanPool(options.scans());
        ScanMetrics.register(metrics, scans);
        this.exports = new Exports(options.exports());
        ExportMetrics.register(metrics, exports);
        this.webhooks =
                options.webhooks().stream().map(to -> new Webhook(vertx, to)).toList();
        AlertMetrics.register(metrics, webhooks);
        this.sites = tables.stream()
                .map(table -> new TableSite(table, workers, scans, exports, metrics, limits, webhooks))
                .toList();
        this.site = new Site(vertx, sites, metrics, workers, options);
        this.server = vertx.createHttpServer(httpOptions())
                .requestHandler(site.handler())
                .invalidRequestHandler(Problems::answerInvalid);
    }

    /**
     * Begins to listen.
     *
     * @return the port
     * @throws BindException if the port is taken
     */
    public int start() throws BindException {
        try {
            return server.listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw e;
        }
    }

    /** Of all routes that there are. */
    List<String> paths() {
        return site.paths();
    }

    private static VertxOptions vertxOptions() {
        // Nothing is read through Vert.x's file system: then it needs no cache folder.
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(2)
                .setFileSystemOptions(files)
                .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
    }

    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                // What a client accepts compressed; not below this size, where it only costs.
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(COMPRESSED_FROM)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                // A small compressed message can inflate to a huge one before any limit sees it.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setWebSocketClosingTimeout(5);
    }

    private static ThreadPoolExecutor workers() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread worker = new Thread(task, "tidemark-rest-" + number.incrementAndGet());
                    worker.setDaemon(true);
                    return worker;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        sites.forEach(TableSite::close);
        webhooks.forEach(Webhook::close);
        scans.close();
        exports.close();
        workers.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
