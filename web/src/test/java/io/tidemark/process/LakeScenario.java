package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole way of an event: source, Kafka, writer, a table on S3, Tidemark. On whatever Kafka and S3 there are. */
abstract class LakeScenario {
    private static final String BUCKET = "analytics";
    private static final int EVENTS = 600;
    private static final int ROWS_PER_COMMIT = 50;

    @TempDir
    Path dir;

    abstract String kafka();

    /** The environment that leads to the object store. */
    abstract Map<String, String> storage();

    @Test
    void everyEventIsServedOnceThoughTheWriterIsKilled() throws Exception {
        makeBucket();
        String table = "s3://" + BUCKET + "/delta/events";
        try (TidemarkProcess service = TidemarkProcess.start(
                        storage(), "serve", "--table", table, "--state-dir", dir.toString(), "--port", "0");
                TidemarkProcess killed = write(table);
                TidemarkProcess source = produce()) {
            service.await("some of the events are served", () -> events(service) >= 3 * ROWS_PER_COMMIT);
            killed.kill();
            assertThat(source.exitCode()).as("%s", source.stderr()).isZero();

            try (TidemarkProcess writer = write(table)) {
                writer.await("all events are served", () -> events(service) >= EVENTS);
                writer.stop();
            }

            JsonNode status = service.status();
            service.await(
                    "the newest version is served",
                    () -> service.status().path("lag").asLong() == 0);
            assertThat(events(service)).isEqualTo(EVENTS);
            assertThat(status.at("/table/files").asInt()).isGreaterThanOrEqualTo(EVENTS / ROWS_PER_COMMIT);
            assertRecountAgrees(table, service);
        }
    }

    private TidemarkProcess produce() throws Exception {
        return TidemarkProcess.start(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka()),
                "produce",
                "--events",
                Integer.toString(EVENTS),
                "--rate",
                "150",
                "--partitions",
                "2");
    }

    private TidemarkProcess write(String table) throws Exception {
        return TidemarkProcess.start(
                storage(),
                "write",
                "--kafka-bootstrap-servers",
                kafka(),
                "--table",
                table,
                "--rows-per-commit",
                Integer.toString(ROWS_PER_COMMIT),
                "--flush-interval",
                "1s");
    }

    private static long events(TidemarkProcess service) {
        return service.get("api/v1/views").at("/totals/events").asLong(-1);
    }

    private void assertRecountAgrees(String table, TidemarkProcess service) throws Exception {
        try (TidemarkProcess verify = TidemarkProcess.start(
                storage(),
                "verify",
                "--table",
                table,
                "--url",
                service.address().toString())) {
            assertThat(verify.exitCode())
                    .as("%s %s", verify.stdout(), verify.stderr())
                    .isZero();
        }
    }

    private void makeBucket() {
        Map<String, String> storage = storage();
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(storage.get("AWS_ENDPOINT_URL")))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        storage.get("AWS_ACCESS_KEY_ID"), storage.get("AWS_SECRET_ACCESS_KEY"))))
                .build()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }
}
