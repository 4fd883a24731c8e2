package io.tidemark.web.command;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.source.BatchRule;
import io.tidemark.ingest.source.Write;
import io.tidemark.ingest.source.WriteOptions;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.Durations;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the events of a Kafka topic to a Delta table, in small commits.",
            "How far it has read is in the table's log: started again, it loses and repeats nothing. One writer a table."
        },
        footer = Footers.STORAGE)
final class WriteCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private TopicOptions topic = new TopicOptions();

    @Option(names = "--table", paramLabel = "URI", description = "Table to write to; made if it is not there.")
    private String table;

    @Option(
            names = "--rows-per-commit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Commits as soon as it has so many rows.")
    private int rowsPerCommit;

    @Option(
            names = "--flush-interval",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Commits what it has when the first row has waited so long.")
    private String flushInterval;

    WriteCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String servers = topic.bootstrapServers();
        if (table == null) {
            throw new ConfigException("No table is given. Example: --table ./events, or DELTA_TABLE_PATH");
        }
        String uri;
        try (TableFiles files = Tables.open(table, context.storage())) {
            uri = files.root().toString();
        }
        Stoppable.run(stop -> {
            WriteOptions options = new WriteOptions(
                    servers,
                    topic.topic(),
                    uri,
                    ObjectStoreSettings.configuration(context.storage()),
                    new BatchRule(rowsPerCommit, Durations.parse("--flush-interval", flushInterval)));
            context.out().println("Writing topic " + topic.topic() + " to " + uri);
            Write.run(options, stop);
        });
        return 0;
    }
}
