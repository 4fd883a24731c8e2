package io.tidemark.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real server that speaks S3 (s3proxy), in a process of its own; its objects are files, and outlive it. */
public final class S3Server implements AutoCloseable {
    public static final String KEY = "AKIATESTIDENTITY";
    public static final String SECRET = "test-credential-7f3a9c";

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path dir;
    private final int port;
    private final String bucket;
    private Process process;

    /**
     * Starts it, with an empty bucket.
     *
     * @param dir of its objects and its log
     */
    public S3Server(Path dir) throws Exception {
        this.dir = dir;
        this.port = freePort();
        // Hadoop keeps a client for each bucket: those of another test's server must not be met.
        this.bucket = "lake-" + port;
        Files.createDirectories(dir.resolve("objects"));
        start();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The same port and objects as before. */
    public void start() throws Exception {
        Path jar = Path.of(System.getProperty("s3proxy.jar", "target/s3proxy.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no " + jar + ": it is copied there by mvn verify.");
        }
        Path conf = dir.resolve("s3proxy.conf");
        Files.writeString(
                conf,
                String.join(
                        "\n",
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.identity=unused",
                        "jclouds.credential=unused",
                        "jclouds.filesystem.basedir=" + dir.resolve("objects"),
                        ""));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-DLOG_LEVEL=warn",
                        "-jar",
                        jar.toString(),
                        "--properties",
                        conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("s3proxy.log").toFile()))
                .start();
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(
                        "The S3 server does not start: " + Files.readString(dir.resolve("s3proxy.log")));
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public String bucket() {
        return bucket;
    }

    public int port() {
        return port;
    }

    /** As a deployment of delta-rs has it. */
    public Map<String, String> environment() {
        return environment(port);
    }

    /** @param throughPort of what stands in front of the server */
    public static Map<String, String> environment(int throughPort) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + throughPort,
                "AWS_ALLOW_HTTP",
                "true",
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET);
    }

    /** A client of the library's own. */
    public S3Client client() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
