package io.tidemark.bench.cases;

import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.cluster.Broker;
import io.tidemark.bench.cluster.Instances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The cluster of the cases that have one. */
final class ThreeInstances {
    static final int COUNT = 3;
    static final List<String> JVM = List.of("-Xmx384m");
    static final long SEED = Long.getLong("tidemark.seed", 8);

    private static final List<String> OPTIONS = List.of("--kafka-threads", "2");

    private ThreeInstances() {}

    /** @return none of them started */
    static Instances of(Broker broker, String name, Path table, Path folder) throws IOException {
        return new Instances(broker, name, table, folder.resolve("state-of"), COUNT, JVM, OPTIONS);
    }

    static void memory(String about, Instances cluster, Report report) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            report.add(Line.number(
                    about, "instance " + i + ", resident memory", cluster.get(i).residentBytes() / 1e6, "MB", null));
        }
    }
}
