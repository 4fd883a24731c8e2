package io.tidemark.web.command;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.views.stream.BrokerGlance;
import io.tidemark.views.stream.ClusterException;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.doctor.Examination;
import io.tidemark.web.doctor.Line;
import io.tidemark.web.doctor.Report;
import io.tidemark.web.doctor.Verdict;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Is told what {@code serve} is told, and says what would become of it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at a configuration and a table as 'serve' would be given them, changes nothing, and says what is wrong"
                        + " and how to mend it. Exits with 1 if something is wrong.",
        footer = Footers.SERVE)
final class DoctorCommand extends ServeCommand {
    private final Context context;

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    DoctorCommand(Context context) {
        super(context);
        this.context = context;
    }

    @Override
    public Integer call() {
        Report report = report();
        if (json) {
            context.out().println(report.json());
        } else {
            report.text().forEach(context.out()::println);
        }
        return report.verdict() == Verdict.WRONG ? ExitCode.DIFFERENT : ExitCode.DONE;
    }

    private Report report() {
        Examination examination = new Examination();
        try {
            ServeConfig config = config();
            Optional<ClusterConfig> cluster = engine().cluster();
            examination.add(Line.ok("options", cluster.isPresent() ? "of the engine kafka" : "of the engine embedded"));
            examination.access(config);
            for (TableAddress table : config.tables()) {
                table(examination, config, table, cluster.isPresent());
            }
            examination.machine(config);
            cluster.ifPresent(of -> examination.add(kafka(config, of)));
        } catch (ConfigException e) {
            examination.add(Line.wrong("options", e.getMessage(), "Correct this first: the rest was not looked at."));
        }
        return examination.report();
    }

    private void table(Examination examination, ServeConfig config, TableAddress table, boolean clustered) {
        try (TableFiles files = Tables.open(table.uri(), config.storage())) {
            examination.table(config, table, files, clustered);
        } catch (ConfigException e) {
            examination.add(Line.wrong("table", e.getMessage(), ""));
        }
    }

    private static Line kafka(ServeConfig config, ClusterConfig cluster) {
        try {
            BrokerGlance kafka = BrokerGlance.of(KafkaEngines.settings(config, cluster, config.stateDir()));
            String found = kafka.brokers() + (kafka.brokers() == 1 ? " broker; " : " brokers; ") + kafka.topics()
                    + " topics of the cluster are there, " + kafka.missing() + " will be made";
            return Line.ok("kafka", found);
        } catch (ClusterException e) {
            return Line.wrong(
                    "kafka",
                    e.getMessage(),
                    "Check --kafka-bootstrap-servers, --kafka-config, and that the brokers can be reached from here.");
        }
    }
}
