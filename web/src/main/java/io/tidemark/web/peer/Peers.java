package io.tidemark.web.peer;

import io.tidemark.web.config.PeerSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.engine.SharedTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This process among the instances of a cluster: it asks them for their shares, and does its own for them, on a port that is not that
 * of users.
 */
public final class Peers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PeerSettings settings;
    private final PeerClient client;
    private final Exports exports;
    private final Map<String, LiveTable> tables = new ConcurrentHashMap<>();
    private final ScanPool pool;
    private final PeerServer answers;
    private final HttpServer server;

    /**
     * Shares the scans and exports of those tables that can be.
     *
     * @param scans how much this instance does for others at once
     */
    public Peers(
            Vertx vertx, PeerSettings settings, List<? extends LiveTable> tables, ScanSettings scans, Exports exports) {
        this(vertx, settings, tables, scans, exports, PATIENCE);
    }

    Peers(
            Vertx vertx,
            PeerSettings settings,
            List<? extends LiveTable> tables,
            ScanSettings scans,
            Exports exports,
            Duration patience) {
        this.settings = settings;
        this.exports = exports;
        this.client = new PeerClient(vertx, settings.token(), patience);
        this.pool = new ScanPool(scans);
        this.answers = new PeerServer(settings.token(), this.tables, pool, exports);
        this.server = vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(answers::handle);
        tables.forEach(this::add);
    }

    /** Shares one more table, if it can be. */
    public void add(LiveTable table) {
        tables.put(table.name(), table);
        if (table instanceof SharedTable shared) {
            shared.queries().ifPresent(queries -> queries.share(new SharedCounting(shared, queries.local(), client)));
            exports.share(table.name(), new SharedRows(shared, client));
        }
    }

    /** Answers for a table no longer. */
    public void remove(LiveTable table) {
        if (tables.remove(table.name(), table)) {
            exports.unshare(table.name());
        }
    }

    /**
     * Begins to listen.
     *
     * @return where other instances reach this one, {@code host:port}
     * @throws BindException if the port is taken
     */
    public String start() throws BindException {
        try {
            int port = server.listen(settings.port(), settings.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
            return settings.address().orElse(settings.host() + ":" + port);
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw e;
        }
    }

    /** How often other instances were asked. */
    public long asked() {
        return client.asked();
    }

    /** How often this instance was asked. */
    public long answered() {
        return answers.answered();
    }

    /** How often somebody asked who does not know the token. */
    public long refused() {
        return answers.refused();
    }

    /** What is being done for others now. */
    public int working() {
        return pool.running();
    }

    /** Stops what is done for others. */
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close();
        pool.close();
    }
}
