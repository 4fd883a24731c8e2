package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.bench.cluster.Broker;
import io.tidemark.bench.cluster.Instances;
import io.tidemark.bench.cluster.SeededWriter;
import io.tidemark.bench.cluster.Watcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Instances of a cluster on this machine: what they cost idle and per commit, how late a commit is, how fast they scan together, and
 * what clients see while instances are restarted and killed under a writer. Afterwards {@code verify} counts everything again.
 */
final class ClusterShow implements Case {
    private static final List<String> JVM = List.of("-Xmx384m");
    private static final int INSTANCES = 3;
    private static final List<String> OPTIONS = List.of("--kafka-threads", "2");
    private static final long SEED = Long.getLong("tidemark.seed", 8);

    /** What is shown. */
    enum Part {
        LATENCY("a commit to a socket, processor time and memory, beside the embedded engine"),
        KILLS("20 kills and a rolling restart of three instances under a writer, what clients see, verify"),
        SCANS("the same scans and download by one, two and three instances of one processor each");

        private final String about;

        Part(String about) {
            this.about = about;
        }
    }

    private final Part part;

    ClusterShow(Part part) {
        this.part = part;
    }

    @Override
    public String name() {
        return "cluster-" + part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String about() {
        return "cluster: " + part.about;
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path folder = setting.empty("cluster");
        if (part == Part.LATENCY) {
            alone(setting, folder, report);
        }
        try (Broker broker = new Broker(folder.resolve("broker"))) {
            switch (part) {
                case LATENCY -> together(setting, folder, broker, report);
                case KILLS -> kills(setting, folder, broker, report);
                case SCANS -> scans(setting, folder, broker, report);
            }
        }
    }

    /** The embedded engine, for comparison. */
    private void alone(Setting setting, Path folder, Report report) throws Exception {
        report.say("embedded");
        SeededWriter writer = new SeededWriter(folder.resolve("alone"), SEED);
        writer.append(20_000, 1_000);
        try (ServiceProcess service = ServiceProcess.serve(folder.resolve("alone"), folder.resolve("state"), JVM)) {
            service.awaitStatus("\"live\"");
            latency("embedded", setting, writer, service, service::cpuSeconds, report);
            idle("embedded", service::cpuSeconds, report);
            report.add(Line.number(name(), "embedded, resident memory", service.residentBytes() / 1e6, "MB", null));
        }
    }

    private interface Cpu {
        double seconds() throws IOException;
    }

    private void idle(String who, Cpu cpu, Report report) throws Exception {
        TimeUnit.SECONDS.sleep(5);
        double before = cpu.seconds();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(15);
        double percent = 100 * (cpu.seconds() - before) / ((System.nanoTime() - began) / 1e9);
        report.add(Line.number(name(), who + ", idle", percent, "% of a processor", null));
    }

    /** One commit of 100 rows after the other. */
    private void latency(
            String who, Setting setting, SeededWriter writer, ServiceProcess service, Cpu cpu, Report report)
            throws Exception {
        int commits = setting.pick(25, 100, 300);
        try (Watcher watcher = new Watcher(service::address)) {
            double[] millis = new double[commits];
            double before = 0;
            int warmUp = 10;
            for (int i = -warmUp; i < commits; i++) {
                if (i == 0) {
                    before = cpu.seconds();
                }
                writer.append(100, 100);
                double seen = await(watcher, writer.version());
                if (i >= 0) {
                    millis[i] = 1e3 * (seen - writer.committedSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            report.add(Line.number(name(), who + ", commit to socket, p50", Times.median(millis), "ms", null));
            report.add(Line.number(name(), who + ", commit to socket, p95", Times.percentile(millis, 95), "ms", null));
            report.add(Line.number(
                    name(), who + ", processor time a commit", 1e3 * (cpu.seconds() - before) / commits, "ms", null));
        }
    }

    private static double await(Watcher watcher, long version) throws Exception {
        long end = System.nanoTime() + 300_000_000_000L;
        while (watcher.seenAt(version) < 0) {
            if (System.nanoTime() > end) {
                throw new IOException("Version " + version + " never came; " + watcher.version() + " did");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return watcher.seenAt(version);
    }

    private void together(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = folder.resolve("together");
        SeededWriter writer = new SeededWriter(table, SEED);
        writer.append(20_000, 1_000);
        try (Instances cluster =
                new Instances(broker, "together", table, folder.resolve("state-of"), INSTANCES, JVM, OPTIONS)) {
            report.say("one instance");
            cluster.start(0);
            cluster.await(writer.version());
            latency("one instance", setting, writer, cluster.get(0), cluster::cpuSeconds, report);
            idle("one instance", cluster::cpuSeconds, report);
            report.say("three instances");
            cluster.start(1);
            cluster.start(2);
            cluster.await(writer.version());
            latency("three instances", setting, writer, cluster.get(0), cluster::cpuSeconds, report);
            idle("three instances together", cluster::cpuSeconds, report);
            memory(cluster, report);
        }
    }

    private void memory(Instances cluster, Report report) throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            report.add(Line.number(
                    name(),
                    "instance " + i + ", resident memory",
                    cluster.get(i).residentBytes() / 1e6,
                    "MB",
                    null));
        }
    }

    private void kills(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = folder.resolve("killed");
        SeededWriter writer = new SeededWriter(table, SEED);
        writer.append(20_000, 1_000);
        try (Instances cluster =
                new Instances(broker, "killed", table, folder.resolve("state-of"), INSTANCES, JVM, OPTIONS)) {
            for (int i = 0; i < INSTANCES; i++) {
                cluster.start(i);
                cluster.get(i).awaitStatus("\"live\"");
            }
            try (Trial trial = new Trial(name(), cluster, writer)) {
                Random random = new Random(SEED);
                int kills = setting.pick(20, 20, 40);
                double began = now();
                for (int i = 0; i < kills; i++) {
                    int one = random.nextInt(INSTANCES);
                    report.say("kill " + (i + 1) + ": instance " + one);
                    cluster.kill(one);
                    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
                    cluster.start(one);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
                }
                trial.report(kills + " kills", began, report);
                began = now();
                for (int i = 0; i < INSTANCES; i++) {
                    report.say("restart of instance " + i);
                    cluster.stop(i);
                    cluster.start(i);
                    trial.settle();
                }
                trial.report("rolling restart", began, report);
                trial.stop();
            }
            cluster.await(writer.version());
            memory(cluster, report);
            for (int i = 0; i < INSTANCES; i++) {
                verify(table, cluster.address(i));
            }
            report.add(Line.number(name(), "instances that verify finds equal to a recount", INSTANCES, "", null));
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private static void verify(Path table, URI service) throws Exception {
        List<String> command = ServiceProcess.java(JVM);
        command.addAll(List.of("io.tidemark.Main", "verify", "--table", table.toString(), "--url", service.toString()));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new WrongOutputException("verify of " + service + " ended with " + exitCode);
        }
    }

    /** A writer that goes on by itself, and a client of each instance. */
    private static final class Trial implements AutoCloseable {
        private static final long COMMIT_EVERY_MILLIS = 500;

        private record Made(long version, double seconds) {}

        private final String about;
        private final SeededWriter writer;
        private final List<Watcher> watchers = new ArrayList<>();
        private final List<Made> made = new ArrayList<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread = new Thread(this::write, "writer");

        Trial(String about, Instances cluster, SeededWriter writer) {
            this.about = about;
            this.writer = writer;
            for (int i = 0; i < cluster.size(); i++) {
                int number = i;
                watchers.add(new Watcher(() -> cluster.address(number)));
            }
            thread.start();
        }

        private void write() {
            try {
                while (!stop.get()) {
                    writer.change();
                    synchronized (made) {
                        made.add(new Made(writer.version(), writer.committedSeconds()));
                    }
                    TimeUnit.MILLISECONDS.sleep(COMMIT_EVERY_MILLIS);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits until all clients have what was newest a moment ago. */
        void settle() throws Exception {
            long newest;
            synchronized (made) {
                newest = made.get(made.size() - 1).version;
            }
            for (Watcher watcher : watchers) {
                await(watcher, newest);
            }
        }

        void stop() throws InterruptedException {
            stop.set(true);
            thread.join();
        }

        /** What the clients saw of the commits made since then. */
        void report(String what, double since, Report report) throws Exception {
            settle();
            List<Made> commits;
            synchronized (made) {
                commits =
                        made.stream().filter(commit -> commit.seconds >= since).toList();
            }
            int number = 0;
            for (Watcher watcher : watchers) {
                double[] seconds = commits.stream()
                        .mapToDouble(commit -> watcher.seenAt(commit.version) - commit.seconds)
                        .filter(age -> age > -1e6)
                        .toArray();
                String client = what + ", client " + number + ", commits are seen after, ";
                report.add(Line.number(about, client + "p50", Times.median(seconds), "s", null)
                        .noting(commits.size() + " commits, " + watcher.connections() + " connections, "
                                + watcher.epochs() + " epoch, " + watcher.gaps() + " gaps, " + watcher.backwards()
                                + " times backwards"));
                report.add(Line.number(about, client + "p95", Times.percentile(seconds, 95), "s", null));
                report.add(Line.number(about, client + "most", Times.percentile(seconds, 100), "s", null));
                if (watcher.gaps() > 0) {
                    throw new WrongOutputException("a client was told an update of versions it does not have");
                }
                number++;
            }
        }

        @Override
        public void close() throws InterruptedException {
            stop();
            watchers.forEach(Watcher::close);
        }
    }

    /** The same scan by one, two and three instances, each of one processor. */
    private void scans(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = setting.data(
                "cluster-scans-" + setting.rows(),
                draft -> new SeededWriter(draft, SEED).append(setting.rows(), setting.rows() / 60));
        List<String> jvm = List.of("-Xmx384m", "-XX:ActiveProcessorCount=1");
        List<String> options = List.of("--scan-threads", "1", "--kafka-threads", "2");
        try (Instances cluster =
                new Instances(broker, "scans", table, folder.resolve("scans-state"), INSTANCES, jvm, options)) {
            for (int i = 0; i < INSTANCES; i++) {
                report.say("scans by " + (i + 1));
                cluster.start(i);
                cluster.get(i).awaitStatus("\"live\"");
                awaitSharing(cluster, i);
                double[] read = new double[setting.pick(5, 7, 9)];
                double[] known = new double[read.length];
                for (int round = -2; round < read.length; round++) {
                    // Each time another question, as answers are kept, also those given by fewer instances.
                    double one = seconds(
                            cluster.get(0),
                            "from=2026-03-01T13:10:" + (12 + 15 * i + round)
                                    + "Z&to=2026-03-04T11:20:00Z&channel=web&sessions=exact");
                    double other = seconds(
                            cluster.get(0), "from=2026-02-0" + (i + 1) + "T" + (12 + round) + ":00:00Z&sessions=exact");
                    if (round >= 0) {
                        read[round] = setting.rows() / one / 1e6;
                        known[round] = setting.rows() / other / 1e6;
                    }
                }
                report.add(Line.number(
                        name(),
                        "scan by " + (i + 1) + ", sessions of a channel: files are read",
                        Times.median(read),
                        "M rows/s",
                        null));
                report.add(Line.number(
                        name(),
                        "scan by " + (i + 1) + ", sessions of a range: the ledgers know them",
                        Times.median(known),
                        "M rows/s",
                        null));
                double export = seconds(cluster.get(0), null);
                report.add(Line.number(name(), "CSV by " + (i + 1), setting.rows() / export / 1e6, "M rows/s", null));
            }
        }
    }

    /** Until all know one another, and each has some of the files. */
    private static void awaitSharing(Instances cluster, int newest) throws Exception {
        for (int round = 0;
                newest > 0 && cluster.get(newest).get("metrics").contains("tidemark_peer_answered_total 0.0");
                round++) {
            cluster.get(0).get("api/v1/views?from=2026-03-01T13:10:00.00" + round + "Z&sessions=exact");
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** @param query null: a download of everything */
    private static double seconds(ServiceProcess service, String query) throws Exception {
        long began = System.nanoTime();
        if (query == null) {
            service.download("api/v1/export?format=csv");
            return (System.nanoTime() - began) / 1e9;
        }
        String answer = service.get("api/v1/views?" + query);
        if (answer.length() == 3) {
            throw new WrongOutputException("status " + answer + " for " + query);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
