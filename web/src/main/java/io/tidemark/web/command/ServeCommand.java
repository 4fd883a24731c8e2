package io.tidemark.web.command;

import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.NotifyTopic;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Follows a Delta table and serves it.",
        footer = Footers.SERVE)
class ServeCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--table",
            paramLabel = "[NAME=]URI",
            description =
                    "Table to follow: s3://, s3a://, file:// or a path. Repeatable, with names: each is served under"
                            + " /t/NAME/.")
    private List<String> tables;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "./tidemark-state",
            description = "Where the counts are kept; of several tables, each has a folder of its name in it.")
    private Path stateDir;

    @Option(
            names = "--notify-topic",
            paramLabel = "HOST:PORT,…/TOPIC",
            description = "Kafka topic of the bucket's events: those of a table's log have it asked at once.")
    private String notifyTopic;

    @Mixin
    private EngineOptions engine = new EngineOptions();

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

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    ServeCommand(Context context) {
        this.context = context;
    }

    /** Everything that was said, checked. */
    ServeConfig config() {
        if (tables == null || tables.isEmpty()) {
            throw new ConfigException(
                    "No table is given. Example: --table s3://bucket/path/to/table, or DELTA_TABLE_PATH");
        }
        AccessSettings in = access.access(context);
        listen.check(in);
        return new ServeConfig(
                TableAddress.parseAll(tables),
                stateDir,
                listen.host(),
                listen.port(),
                listen.pollInterval(),
                columns.spec(),
                scans.settings(),
                scans.cache(),
                in,
                listen.origins(),
                alerts.webhooks(context),
                Optional.ofNullable(notifyTopic).map(NotifyTopic::parse),
                access.tls(),
                limits.settings(),
                context.storage());
    }

    EngineOptions engine() {
        return engine;
    }

    @Override
    public Integer call() throws InterruptedException {
        Service service = Service.start(config(), engine.cluster(context), context.out());
        new Shutdown().onExit(service::close);
        return Shutdown.never();
    }
}
