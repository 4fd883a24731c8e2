package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.access.Access;
import io.tidemark.web.access.FileWatch;
import io.tidemark.web.alerts.Webhook;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.AlertMetrics;
import io.tidemark.web.metrics.ExportMetrics;
import io.tidemark.web.metrics.PeerMetrics;
import io.tidemark.web.metrics.ScanMetrics;
import io.tidemark.web.peer.Peers;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: pages, REST and sockets of some tables. Listens from {@link #start()} on; the tables may be started before
 * or after, but not before this is made.
 */
public final class TidemarkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TidemarkServer.class);
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
    private final Optional<Peers> peers;
    private final Access access;
    private final Optional<FileWatch> keys;
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
        this.peers = options.peers().map(with -> new Peers(vertx, with, tables, options.scans(), exports));
        peers.ifPresent(others -> PeerMetrics.register(metrics, others));
        this.access = new Access(vertx, options.access(), Clock.systemUTC());
        this.webhooks =
                options.webhooks().stream().map(to -> new Webhook(vertx, to)).toList();
        AlertMetrics.register(metrics, webhooks);
        this.sites = tables.stream()
                .map(table -> new TableSite(table, workers, scans, exports, metrics, limits, webhooks, access))
                .toList();
        this.site = new Site(vertx, sites, metrics, workers, access, options.origins());
        HttpServerOptions http = httpOptions();
        AtomicReference<HttpServer> listening = new AtomicReference<>();
        this.keys =
                options.tls().map(files -> TlsKeys.watch(vertx, files, pair -> secure(http, listening.get(), pair)));
        this.server = vertx.createHttpServer(http)
                .requestHandler(site.handler())
                .invalidRequestHandler(Problems::answerInvalid);
        listening.set(server);
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

    /**
     * Begins to listen to other instances of the cluster.
     *
     * @return where they reach this one, {@code host:port}; empty if they do not
     * @throws BindException if the port is taken
     */
    public Optional<String> startPeers() throws BindException {
        return peers.isEmpty() ? Optional.empty() : Optional.of(peers.get().start());
    }

    /** Of all routes that there are. */
    List<String> paths() {
        return site.paths();
    }

    /** @param listening null before there is a server */
    private static void secure(HttpServerOptions http, HttpServer listening, PemKeyCertOptions pair) {
        if (listening == null) {
            // Sockets are upgraded from HTTP/1.1, and are what is cut off when a client is stuck.
            http.setSsl(true).setUseAlpn(false).setKeyCertOptions(pair);
        } else {
            listening
                    .updateSSLOptions(
                            new ServerSSLOptions().setKeyCertOptions(pair).setUseAlpn(false), true)
                    .onFailure(failure -> LOG.error("The new certificate is not used: {}", failure.getMessage()));
        }
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
        peers.ifPresent(Peers::close);
        access.close();
        keys.ifPresent(FileWatch::close);
        scans.close();
        exports.close();
        workers.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
