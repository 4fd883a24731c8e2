package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that the machine gives, and gives anew while a table is open. */
class MachineCredentialsTest {
    private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();

    @TempDir
    Path dir;

    private final Map<String, String> before = new TreeMap<>();
    private S3ForTests s3;
    private HttpServer metadata;
    private volatile String key = "first";
    private volatile Duration validFor = Duration.ofHours(6);

    @BeforeEach
    void start() throws IOException {
        s3 = new S3ForTests();
        s3.put("t/x", "content");
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/container", exchange -> answer(exchange, credentials("AccessKeyId")));
        metadata.createContext("/latest/api/token", exchange -> answer(exchange, "a-token"));
        metadata.createContext("/latest/meta-data/iam/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            answer(exchange, path.endsWith("/the-role") ? credentials("AccessKeyId") : "the-role");
        });
        metadata.start();
        set("aws.sharedCredentialsFile", dir.resolve("credentials").toString());
        set("aws.configFile", dir.resolve("config").toString());
        set("aws.ec2MetadataServiceEndpoint", address());
        set("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void stop() {
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        metadata.stop(0);
        s3.close();
    }

    /** As the variable of the like name would. */
    private void set(String property, String value) {
        before.putIfAbsent(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    private String address() {
        return "http://127.0.0.1:" + metadata.getAddress().getPort();
    }

    private String credentials(String name) {
        Instant expires = Instant.now().plus(validFor).truncatedTo(ChronoUnit.SECONDS);
        return "{\"Code\":\"Success\",\"LastUpdated\":\"2026-01-01T00:00:00Z\",\"Type\":\"AWS-HMAC\",\"" + name
                + "\":\""
                + key + "\",\"SecretAccessKey\":\"the-secret\",\"Token\":\"the-token\",\"Expiration\":\"" + expires
                + "\"}";
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private TableFiles open() throws IOException {
        return TableLocation.open("s3://bucket/t", Map.of("AWS_ENDPOINT_URL", s3.address(), "AWS_ALLOW_HTTP", "true"));
    }

    private void refused(TableFiles files) {
        assertThatThrownBy(() -> files.read("x", 100))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("access key")
                .hasMessageNotContaining("the-secret")
                .hasMessageNotContaining("first");
    }

    private static void becomesReadable(TableFiles files) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            try {
                assertThat(files.read("x", 100)).isPresent();
                return;
            } catch (StoreException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    @Test
    void aProfilesFileIsReadAnewWhenItChanges() throws Exception {
        Path file = dir.resolve("credentials");
        Files.writeString(file, profile("first"));
        s3.onlyKey("second");
        try (TableFiles files = open()) {
            refused(files);

            Files.writeString(file, profile("second"));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
            becomesReadable(files);
        }
    }

    private static String profile(String accessKey) {
        return "[default]\naws_access_key_id = " + accessKey + "\naws_secret_access_key = the-secret\n";
    }

    @Test
    void aContainersCredentialsAreFetchedAnewBeforeTheyExpire() throws Exception {
        set("aws.containerCredentialsFullUri", address() + "/container");
        s3.onlyKey("second");
        validFor = Duration.ofSeconds(62);
        try (TableFiles files = open()) {
            refused(files);

            key = "second";
            becomesReadable(files);
        }
    }

    @Test
    void anInstancesCredentialsAreFetchedAnewBeforeTheyExpire() throws Exception {
        set("aws.disableEc2Metadata", "false");
        s3.onlyKey("second");
        validFor = Duration.ofSeconds(2);
        try (TableFiles files = open()) {
            refused(files);

            key = "second";
            becomesReadable(files);
        }
    }

    @Test
    void thatThereAreNoneIsSaidWithWhatToDo() throws Exception {
        try (TableFiles files = open()) {
            assertThatThrownBy(() -> files.read("x", 100))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no credentials")
                    .hasMessageContaining("AWS_ACCESS_KEY_ID");
        }
    }
}
