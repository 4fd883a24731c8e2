package io.tidemark.web.command;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.stream.Cluster;
import io.tidemark.views.stream.ClusterException;
import io.tidemark.views.stream.ClusterSettings;
import io.tidemark.views.stream.StreamTopics;
import io.tidemark.views.stream.TableEntry;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.TableAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The registry of a cluster. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description =
                "Which tables a cluster (--engine kafka) follows: list, add, remove; reset forgets all it keeps in"
                        + " Kafka.",
        footer = Footers.STORAGE)
final class TablesCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "list|add|remove|reset",
            defaultValue = "list",
            description =
                    "add takes [NAME=]URI, remove takes NAME. Instances that are up serve it, or no longer, at once.")
    private String what;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE")
    private String table;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    TablesCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return switch (what) {
            case "list" -> with(this::list);
            case "add" -> with(this::add);
            case "remove" -> with(this::remove);
            case "reset" -> reset();
            default ->
                throw new ConfigException("tables: '" + what
                        + "' is not something to do. Say list, add [NAME=]URI, remove NAME, or reset.");
        };
    }

    private ClusterSettings settings() {
        ClusterConfig of = kafka.config();
        return new ClusterSettings(
                of.bootstrapServers(),
                of.name(),
                Path.of("."),
                1,
                PollInterval.ADAPTIVE,
                new StreamTopics.Partitions(of.partitions(), StreamTopics.Partitions.DEFAULT.tables()),
                of.placement(),
                of.more());
    }

    private int reset() {
        try {
            List<String> deleted = Cluster.reset(settings());
            context.out()
                    .println("The cluster has forgotten all: " + deleted.size()
                            + " topics were deleted. Instances that are" + " started now count their tables anew.");
            return ExitCode.DONE;
        } catch (ClusterException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private int with(ToIntFunction<Cluster> work) {
        try (Cluster cluster = Cluster.join(settings(), uri -> Tables.open(uri, context.storage()))) {
            return work.applyAsInt(cluster);
        } catch (ClusterException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private int list(Cluster cluster) {
        for (TableEntry entry : cluster.tables()) {
            String dimensions =
                    entry.spec().dimensions().stream().map(Dimension::name).collect(Collectors.joining(","));
            context.out().println(entry.ref().name() + "\t" + entry.uri() + "\t" + dimensions);
        }
        return ExitCode.DONE;
    }

    private int add(Cluster cluster) {
        TableAddress address = TableAddress.parse(required("add ./events, or add events=s3://bucket/path"));
        try (TableFiles files = Tables.open(address.uri(), context.storage())) {
            TableEntry entry = cluster.add(address.name(), files.root().toString(), columns.spec());
            context.out()
                    .println("The cluster follows " + entry.uri() + " as '"
                            + entry.ref().name() + "': every instance serves it at /t/"
                            + entry.ref().name() + "/.");
        }
        return ExitCode.DONE;
    }

    private int remove(Cluster cluster) {
        String name = required("remove events");
        if (!cluster.remove(name)) {
            throw new ConfigException("tables: the cluster follows no table '" + name + "'. See: tables list");
        }
        context.out().println("The cluster follows '" + name + "' no longer.");
        return ExitCode.DONE;
    }

    private String required(String example) {
        if (table == null) {
            throw new ConfigException("tables: say which table. Example: tables " + example);
        }
        return table;
    }
}
