package io.tidemark.web.command;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.verify.Verify;
import io.tidemark.views.verify.VerifyOptions;
import io.tidemark.views.verify.VerifyResult;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Recounts a table, and compares every view: of a state, of a running service, or of any version.",
        footer = Footers.STORAGE + "%nTIDEMARK_AUTH_TOKENS holds the bearer token for --url.")
final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--table", paramLabel = "URI", description = "Table to recount.")
    private String table;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "./tidemark-state",
            description = "State of a stopped service.")
    private Path stateDir;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of a running service, to check its answers instead.")
    private String url;

    @Option(
            names = "--table-version",
            paramLabel = "N",
            description =
                    "Version of the table to check instead, past or newest: its views are built anew, in a temporary"
                            + " folder; no state and no service is asked.")
    private Long version;

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (table == null) {
            throw new ConfigException(
                    "No table is given. Example: --table s3://bucket/path/to/table, or DELTA_TABLE_PATH");
        }
        checkVersion();
        try (TableFiles files = Tables.open(table, context.storage())) {
            VerifyOptions options = VerifyOptions.of(
                    files.root().toString(),
                    ObjectStoreSettings.configuration(context.storage()),
                    columns.spec(),
                    new DeltaTableLog(files),
                    new ParquetScanner(files, ScanLimits.standard()));
            VerifyResult result = run(new Verify(options, System.err::println), files);
            result.lines().forEach(context.out()::println);
            return result.equal() ? ExitCode.DONE : ExitCode.DIFFERENT;
        }
    }

    private void checkVersion() {
        if (version != null && version < 0) {
            throw new ConfigException("--table-version: " + version + " is no version. The first one is 0.");
        }
        if (version != null && url != null) {
            throw new ConfigException(
                    "--table-version builds the views anew and asks no service. Leave it out, or leave out --url.");
        }
    }

    private VerifyResult run(Verify verify, TableFiles files) throws IOException {
        if (version != null) {
            return verify.version(version, files.root().toString());
        }
        if (url == null) {
            return verify.state(stateDir, files.root().toString());
        }
        return verify.service(ServiceAddress.service(url, context));
    }
}
