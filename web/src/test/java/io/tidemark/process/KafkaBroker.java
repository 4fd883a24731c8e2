package io.tidemark.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real broker of one node, in a process of its own, on loopback; everything of it lies in one folder. */
final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Path properties;
    private final Path log;
    private final int port;
    private Process process;

    private KafkaBroker(Path properties, Path log, int port) {
        this.properties = properties;
        this.log = log;
        this.port = port;
    }

    /** Makes a broker, and waits until it lets clients in. */
    static KafkaBroker start(Path directory) throws IOException {
        Files.createDirectories(directory);
        int port = freePort();
        int controller = freePort();
        Path properties = directory.resolve("server.properties");
        Files.writeString(
                properties,
                String.join(
                        "\n",
                        List.of(
                                "process.roles=broker,controller",
                                "node.id=1",
                                "controller.quorum.voters=1@127.0.0.1:" + controller,
                                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                                "controller.listener.names=CONTROLLER",
                                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                                "log.dirs=" + directory.resolve("logs"),
                                "auto.create.topics.enable=false",
                                "offsets.topic.replication.factor=1",
                                "offsets.topic.num.partitions=4",
                                "transaction.state.log.replication.factor=1",
                                "transaction.state.log.min.isr=1",
                                "transaction.state.log.num.partitions=4",
                                // A killed instance's open transaction holds up its readers until it is found.
                                "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000",
                                "group.initial.rebalance.delay.ms=0",
                                "log.index.size.max.bytes=1048576",
                                "log.cleaner.dedupe.buffer.size=4194304",
                                "")));
        KafkaBroker broker = new KafkaBroker(properties, directory.resolve("broker.log"), port);
        Process format =
                broker.fork("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", properties.toString());
        if (waitFor(format) != 0) {
            throw new IllegalStateException("The broker's storage cannot be made: " + broker.said());
        }
        broker.run();
        return broker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process fork(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs it, for the first time or again, and waits until it lets clients in. */
    void run() throws IOException {
        process = fork("kafka.Kafka", properties.toString());
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!isReachable()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The broker does not run: " + said());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean isReachable() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        waitFor(process);
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
