package io.tidemark.bench.cluster;

import io.tidemark.bench.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Some instances of one cluster on this machine, each with a state directory of its own, which can be killed and started again. */
public final class Instances implements AutoCloseable {
    private static final Map<String, String> TOKEN = Map.of("TIDEMARK_CLUSTER_TOKEN", "the-token-of-this-benchmark");
    private static final long DEADLINE_NANOS = 180_000_000_000L;

    private final Path table;
    private final Path folder;
    private final List<String> jvm;
    private final List<String> options;
    private final ServiceProcess[] running;

    /** @param options of every instance; {@code %d} in them is its number */
    public Instances(
            Broker broker, String cluster, Path table, Path folder, int most, List<String> jvm, List<String> more)
            throws IOException {
        this.table = table;
        this.folder = Files.createDirectories(folder);
        this.jvm = jvm;
        this.options = new ArrayList<>(List.of(
                "--engine", "kafka", "--kafka-bootstrap-servers", broker.servers(), "--kafka-cluster", cluster));
        options.addAll(more);
        this.running = new ServiceProcess[most];
    }

    public ServiceProcess start(int number) throws IOException {
        List<String> own = options.stream()
                .map(option -> option.replace("%d", Integer.toString(number)))
                .toList();
        running[number] = ServiceProcess.serve(table, folder.resolve("instance-" + number), jvm, own, TOKEN);
        return running[number];
    }

    public ServiceProcess get(int number) {
        return running[number];
    }

    public URI address(int number) {
        return running[number].address();
    }

    public int size() {
        return running.length;
    }

    /** Waits until every instance shows a version. */
    public void await(long version) throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        for (ServiceProcess each : running) {
            while (each != null && !each.get("api/v1/status").contains("\"version\":" + version + ",")) {
                if (System.nanoTime() > end) {
                    throw new IOException("Not in time at version " + version + ": " + each.get("api/v1/status"));
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** SIGKILL. */
    public void kill(int number) throws InterruptedException {
        running[number].kill();
    }

    /** SIGTERM. */
    public void stop(int number) {
        running[number].close();
    }

    /** Processor time of all so far. */
    public double cpuSeconds() throws IOException {
        double seconds = 0;
        for (ServiceProcess each : running) {
            seconds += each == null ? 0 : each.cpuSeconds();
        }
        return seconds;
    }

    @Override
    public void close() {
        for (ServiceProcess each : running) {
            if (each != null) {
                each.close();
            }
        }
    }
}
