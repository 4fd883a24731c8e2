package io.tidemark.web.peer;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.StateQuery;
import io.tidemark.views.query.VersionFiles;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.stream.FileOwners;
import io.tidemark.web.config.Columns;
import io.tidemark.web.config.PeerSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.SharedTable;
import io.tidemark.web.export.ExportAbout;
import io.tidemark.web.export.ExportFormat;
import io.tidemark.web.export.ExportLimits;
import io.tidemark.web.export.ExportSink;
import io.tidemark.web.export.Exports;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** An instance that follows a table by itself, and is told by a test which files others have. */
final class SharedFork implements AutoCloseable {
    static final String TOKEN = "a-token-of-this-test";

    final EmbeddedEngine engine;
    final Peers peers;
    final Exports exports = new Exports(ExportLimits.standard());
    private final ScanPool scans;
    private volatile String[] owners = {null};

    SharedFork(Vertx vertx, Path table, Path state, Duration patience) {
        engine = EmbeddedEngine.open(
                "events",
                new LocalTableFiles(table),
                state,
                Columns.parse("timestamp", "channel,type=event_type", "session_id"));
        engine.start(1, Duration.ofMillis(20));
        scans = new ScanPool(ScanSettings.DEFAULT);
        peers = new Peers(
                vertx,
                new PeerSettings("127.0.0.1", 0, Optional.empty(), TOKEN),
                List.of(shared()),
                ScanSettings.DEFAULT,
                exports,
                patience);
    }

    private SharedTable shared() {
        return (SharedTable) Proxy.newProxyInstance(
                SharedTable.class.getClassLoader(), new Class<?>[] {SharedTable.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("owners")) {
                        return FileOwners.of(Arrays.asList(owners));
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Where it is reached. */
    String listen() throws BindException {
        return peers.start();
    }

    /** @param addresses of the instances that have the files, each as many; null for this one */
    void shareWith(String... addresses) {
        owners = addresses;
    }

    /** As a scan gives it. */
    ViewState scanned(Filter filter) {
        try {
            return begin(filter).result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    ScanPool.Running<ViewState> begin(Filter filter) {
        StateQuery query = new StateQuery(Optional.empty(), filter, true);
        return scans.start(
                scan -> engine.queries().orElseThrow().state(query, scan).orElseThrow());
    }

    byte[] exported(ExportFormat format, Filter filter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Exports.Ticket ticket = exports.admit().orElseThrow()) {
            export(ticket, format, filter, (bytes, length) -> out.write(bytes, 0, length));
        }
        return out.toByteArray();
    }

    void export(Exports.Ticket ticket, ExportFormat format, Filter filter, ExportSink sink) {
        try (VersionFiles files =
                engine.queries().orElseThrow().files(Optional.empty()).orElseThrow()) {
            ExportAbout about = new ExportAbout(
                    "events",
                    "uri",
                    files.version(),
                    files.epoch(),
                    files.committedAt(),
                    "",
                    Instant.EPOCH,
                    files.metadata().columns());
            ticket.run(engine.queries().orElseThrow().rows(files, filter), format, false, about, sink);
        }
    }

    /** The rows' bytes alone, of files in their order, without any sharing. */
    long files() {
        try (VersionFiles files =
                engine.queries().orElseThrow().files(Optional.empty()).orElseThrow()) {
            long[] count = {0};
            engine.queries()
                    .orElseThrow()
                    .rows(files, Filter.ALL)
                    .files(new ScanControl())
                    .forEachRemaining(file -> count[0]++);
            return count[0];
        }
    }

    @Override
    public void close() {
        peers.close();
        scans.close();
        exports.close();
        engine.close();
    }
}
