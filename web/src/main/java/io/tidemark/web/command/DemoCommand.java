package io.tidemark.web.command;

import io.tidemark.ingest.generate.DemoOptions;
import io.tidemark.ingest.generate.DemoTable;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.Columns;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Makes a local Delta table, fills it, keeps committing to it, and serves it.")
final class DemoCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "./tidemark-demo",
            description = "Where the table and the state are kept.")
    private Path dir;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS/S",
            defaultValue = "" + DemoOptions.DEFAULT_RATE,
            description = "Events a second, in five commits.")
    private double rate;

    @Option(
            names = "--backfill",
            paramLabel = "ROWS",
            defaultValue = "" + DemoOptions.DEFAULT_BACKFILL,
            description = "Events of the past week, written once.")
    private long backfill;

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private ScanOptions scans = new ScanOptions();

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private AlertOptions alerts = new AlertOptions();

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path table = dir.resolve("table");
        DemoOptions options = options(table);
        DemoWriter writer = new DemoWriter(options);
        Service service = Service.start(config(table), Optional.empty(), context.out());
        CompletableFuture<Void> written = writer.start();
        new Shutdown().onExit(() -> {
            writer.stop();
            service.close();
        });
        try {
            written.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw new ConfigException(wrong.getMessage());
            }
            throw e;
        }
        return Shutdown.never();
    }

    private DemoOptions options(Path table) {
        try {
            return DemoOptions.of(table, rate, backfill);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private ServeConfig config(Path table) {
        AccessSettings in = access.access(context);
        listen.check(in);
        return new ServeConfig(
                List.of(new TableAddress("demo", table.toString())),
                dir.resolve("state"),
                listen.host(),
                listen.port(),
                listen.pollInterval(),
                Columns.parse(ColumnOptions.TIME_COLUMN, ColumnOptions.DIMENSIONS, ColumnOptions.DISTINCT_COLUMN),
                scans.settings(),
                scans.cache(),
                in,
                listen.origins(),
                alerts.webhooks(context),
                Optional.empty(),
                access.tls(),
                limits.settings(),
                Map.of());
    }

    /** The thread that writes the table. */
    private static final class DemoWriter {
        private final DemoOptions options;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile boolean stop;

        DemoWriter(DemoOptions options) {
            this.options = options;
        }

        CompletableFuture<Void> start() {
            Thread thread = new Thread(this::run, "tidemark-demo-writer");
            thread.setDaemon(true);
            thread.start();
            return done;
        }

        private void run() {
            try {
                DemoTable.run(options, System.err::println, () -> stop);
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        }

        void stop() {
            stop = true;
            done.exceptionally(failed -> null).join();
        }
    }
}
