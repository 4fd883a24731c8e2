package io.tidemark.web.command;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes synthetic events to a Delta table as real commits.",
        footer = Footers.STORAGE)
final class GenerateCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--table", paramLabel = "URI", description = "Table to write to; made if it is not there.")
    private String table;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "" + GenerateOptions.DEFAULT_ROWS,
            description = "Events to write.")
    private long rows;

    @Option(
            names = "--rows-per-commit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Rows of each commit, which is one file; 0: chosen by rows and rate.")
    private long rowsPerCommit;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS/S",
            defaultValue = "0",
            description = "Events a second; 0: as fast as possible.")
    private double rate;

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "" + GenerateOptions.DEFAULT_HOURS,
            description = "Hours of event time up to --end.")
    private double hours;

    @Option(
            names = "--end",
            paramLabel = "INSTANT",
            description = "End of event time, such as 2026-01-01T00:00:00Z; now if not given.")
    private String end;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Sessions; 0: a twelfth of the rows.")
    private long sessions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + GenerateOptions.DEFAULT_SEED,
            description = "Same seed and end, same rows.")
    private long seed;

    GenerateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Stoppable.run(stop -> Generate.run(options(), context.out()::println, stop));
        return 0;
    }

    private GenerateOptions options() {
        if (table == null) {
            throw new ConfigException("No table is given. Example: --table ./events, or DELTA_TABLE_PATH");
        }
        String uri;
        try (TableFiles files = Tables.open(table, context.storage())) {
            uri = files.root().toString();
        }
        return new GenerateOptions(
                uri,
                ObjectStoreSettings.configuration(context.storage()),
                rows,
                rowsPerCommit,
                rate,
                hours,
                end(),
                sessions,
                seed);
    }

    private Instant end() {
        try {
            return end == null ? Instant.now() : Instant.parse(end);
        } catch (DateTimeException e) {
            throw new ConfigException("--end: '" + end + "' is not an instant. Example: 2026-01-01T00:00:00Z");
        }
    }
}
