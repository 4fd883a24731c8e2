package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.access.Access;
import io.tidemark.web.access.FileWatch;
import io.tidemark.web.alerts.Webhook;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.contract.Contract;
import io.tidemark.web.contract.RequestRules;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.limits.Clients;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Refusals;
import io.tidemark.web.limits.Slots;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.AlertMetrics;
import io.tidemark.web.metrics.ExportMetrics;
import io.tidemark.web.metrics.LimitMetrics;
import io.tidemark.web.metrics.PeerMetrics;
import io.tidemark.web.metrics.ScanMetrics;
import io.tidemark.web.metrics.TableMetrics;
import io.tidemark.web.peer.Peers;
import io.tidemark.web.rest.Origins;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: pages, REST and sockets of some tables. Listens from {@link #start()} on; the tables may be started before
 * or after, but not before this is made.
 */
public final class TidemarkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TidemarkServer.class);
    private static final int COMPRESSED_FROM = 512;
    private static final int MAX_WAITING = 256;

    private final ServerOptions options;
    private final Groundwork groundwork;
    private final ThreadPoolExecutor workers;
    private final ScanPool scans;
    private final Exports exports;
    private final List<Webhook> webhooks;
    private final Optional<Peers> peers;
    private final Access access;
    private final Optional<FileWatch> keys;
    private final Connections connections;
    private final Gate gate;
    private final HubLimits limits;
    private final PrometheusMeterRegistry metrics;
    private final List<TableSite> sites = new CopyOnWriteArrayList<>();
    private final Site site;
    private final Listeners listeners;
    private boolean closed; // guarded by this

    public TidemarkServer(
            ServerOptions options,
            List<? extends LiveTable> tables,
            PrometheusMeterRegistry metrics,
            HubLimits limits) {
        this(options, tables, metrics, limits, Groundwork.begin(tables.get(0).spec(), metrics));
    }

    /** @param groundwork for the columns of these tables; closed with this */
    public TidemarkServer(
            ServerOptions options,
            List<? extends LiveTable> tables,
            PrometheusMeterRegistry metrics,
            HubLimits limits,
            Groundwork groundwork) {
        this.options = options;
        this.groundwork = groundwork;
        this.metrics = metrics;
        this.limits = limits;
        Vertx vertx = groundwork.vertx();
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
        LimitSettings bounds = options.limits();
        Refusals refusals = new Refusals();
        Clients clients = new Clients(bounds.proxies(), bounds.loopback());
        Slots open = new Slots(bounds.counts().connections(), Refusal.CONNECTIONS, Refusal.CLIENT_CONNECTIONS);
        this.connections = new Connections(vertx, clients, open, bounds, refusals);
        this.gate = new Gate(bounds, connections, clients, refusals);
        LimitMetrics.register(metrics, open, gate.running(), refusals);
        LimitMetrics.register(metrics, connections::unsent, connections.mostUnsent());
        tables.forEach(table -> sites.add(siteOf(table)));
        Guard guard = new Guard(access, new Origins(options.origins()), gate);
        CubeSpec usual = tables.get(0).spec();
        this.site = new Site(
                vertx,
                sites,
                metrics,
                workers,
                guard,
                spec -> spec.equals(usual) ? groundwork.rules() : RequestRules.of(Contract.of(spec, "", "")),
                connections,
                gate);
        HttpServerOptions http = httpOptions(bounds);
        this.listeners = new Listeners(
                vertx,
                Groundwork.EVENT_LOOPS,
                () -> vertx.createHttpServer(http)
                        .connectionHandler(connections)
                        .requestHandler(site.handler())
                        .invalidRequestHandler(site::answerInvalid));
        this.keys =
                options.tls().map(files -> TlsKeys.watch(vertx, files, pair -> secure(http, listeners.any(), pair)));
    }

    private TableSite siteOf(LiveTable table) {
        return new TableSite(
                table,
                workers,
                scans,
                exports,
                metrics,
                limits,
                webhooks,
                access,
                gate,
                options.limits().lengths().message());
    }

    /** Serves one more table from now on, of a name that no other has; to be called before the table is started. */
    public synchronized void add(LiveTable table) {
        if (!closed) {
            TableSite added = siteOf(table);
            sites.add(added);
            peers.ifPresent(others -> others.add(table));
            site.add(added);
        }
    }

    /** Serves a table no longer: its sockets are ended, its paths and meters are gone. The table is the caller's to close. */
    public synchronized void remove(LiveTable table) {
        for (TableSite of : sites) {
            if (!closed && of.table() == table) {
                site.remove(of);
                sites.remove(of);
                peers.ifPresent(others -> others.remove(table));
                of.dismiss();
                of.close();
                TableMetrics.forget(metrics, table.name());
            }
        }
    }

    /**
     * Begins to listen.
     *
     * @return the port
     * @throws BindException if the port is taken
     */
    public int start() throws BindException {
        return listeners.start(options.host(), options.port());
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

    private static void secure(HttpServerOptions http, Optional<HttpServer> listening, PemKeyCertOptions pair) {
        if (listening.isEmpty()) {
            // Sockets are upgraded from HTTP/1.1, and are what is cut off when a client is stuck.
            http.setSsl(true).setUseAlpn(false).setKeyCertOptions(pair);
        } else {
            listening
                    .get()
                    .updateSSLOptions(
                            new ServerSSLOptions().setKeyCertOptions(pair).setUseAlpn(false), true)
                    .onFailure(failure -> LOG.error("The new certificate is not used: {}", failure.getMessage()));
        }
    }

    private static HttpServerOptions httpOptions(LimitSettings limits) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(limits.lengths().line())
                .setMaxHeaderSize(limits.lengths().headers())
                .setIdleTimeout((int) limits.patience().idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                // What a client accepts compressed; not below this size, where it only costs.
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(COMPRESSED_FROM)
                .setMaxWebSocketFrameSize(limits.lengths().message())
                .setMaxWebSocketMessageSize(limits.lengths().message())
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
    public synchronized void close() {
        closed = true;
        listeners.close();
        connections.close();
        sites.forEach(TableSite::close);
        webhooks.forEach(Webhook::close);
        peers.ifPresent(Peers::close);
        access.close();
        keys.ifPresent(FileWatch::close);
        scans.close();
        exports.close();
        workers.shutdownNow();
        groundwork.close();
    }
}
