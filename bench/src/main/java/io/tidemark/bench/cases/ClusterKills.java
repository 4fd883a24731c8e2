package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.bench.cluster.Broker;
import io.tidemark.bench.cluster.Instances;
import io.tidemark.bench.cluster.SeededWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What clients see while instances are killed and restarted under a writer. Afterwards {@code verify} counts everything again. */
final class ClusterKills implements Case {

    @Override
    public String name() {
        return "cluster-kills";
    }

    @Override
    public String about() {
        return "cluster: 20 kills and a rolling restart of three instances under a writer, what clients see, verify";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path folder = setting.empty("cluster");
        try (Broker broker = new Broker(folder.resolve("broker"))) {
            kills(setting, folder, broker, report);
        }
    }

    private void kills(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = folder.resolve("killed");
        SeededWriter writer = new SeededWriter(table, ThreeInstances.SEED);
        writer.append(20_000, 1_000);
        try (Instances cluster = ThreeInstances.of(broker, "killed", table, folder)) {
            for (int i = 0; i < ThreeInstances.COUNT; i++) {
                cluster.start(i);
                cluster.get(i).awaitStatus("\"live\"");
            }
            try (WatchedWriter trial = new WatchedWriter(name(), cluster, writer)) {
                Random random = new Random(ThreeInstances.SEED);
                int kills = setting.pick(20, 20, 40);
                double began = now();
                for (int i = 0; i < kills; i++) {
                    int one = random.nextInt(ThreeInstances.COUNT);
                    report.say("kill " + (i + 1) + ": instance " + one);
                    cluster.kill(one);
                    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
                    cluster.start(one);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
                }
                trial.report(kills + " kills", began, report);
                began = now();
                for (int i = 0; i < ThreeInstances.COUNT; i++) {
                    report.say("restart of instance " + i);
                    cluster.stop(i);
                    cluster.start(i);
                    trial.settle();
                }
                trial.report("rolling restart", began, report);
                trial.stop();
            }
            cluster.await(writer.version());
            ThreeInstances.memory(name(), cluster, report);
            for (int i = 0; i < ThreeInstances.COUNT; i++) {
                verify(table, cluster.address(i));
            }
            report.add(Line.number(
                    name(), "instances that verify finds equal to a recount", ThreeInstances.COUNT, "", null));
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private static void verify(Path table, URI service) throws Exception {
        List<String> command = ServiceProcess.java(ThreeInstances.JVM);
        command.addAll(List.of("io.tidemark.Main", "verify", "--table", table.toString(), "--url", service.toString()));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new WrongOutputException("verify of " + service + " ended with " + exitCode);
        }
    }
}
