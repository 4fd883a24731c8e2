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
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The doctor's, from the options to the last line. Apart from its command, whose class is looked into at the start of every
 * other command.
 */
final class Visit {
    private final Report report;

    /** @param configs options as {@code serve} takes them; wrong ones are the first thing that is found */
    Visit(Supplier<ServeConfig> configs, Supplier<Optional<ClusterConfig>> clusters) {
        this.report = report(configs, clusters);
    }

    Verdict verdict() {
        return report.verdict();
    }

    void tell(PrintStream out, boolean json) {
        if (json) {
            out.println(report.json());
        } else {
            report.text().forEach(out::println);
        }
    }

    private static Report report(Supplier<ServeConfig> configs, Supplier<Optional<ClusterConfig>> clusters) {
        Examination examination = new Examination();
        try {
            ServeConfig config = configs.get();
            Optional<ClusterConfig> cluster = clusters.get();
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

    private static void table(Examination examination, ServeConfig config, TableAddress table, boolean clustered) {
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
