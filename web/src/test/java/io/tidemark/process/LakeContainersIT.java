package io.tidemark.process;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;

/** The servers of docker-compose.yml, by the same names and versions, where there is a Docker engine. */
@EnabledIf(
        value = "io.tidemark.process.DockerEngine#isHere",
        disabledReason = "there is no Docker engine; LakeForkedIT does the same without one")
class LakeContainersIT extends LakeScenario {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static KafkaContainer broker;
    private static MinIOContainer minio;

    @BeforeAll
    static void start() {
        broker = new KafkaContainer("apache/kafka:4.3.1").withStartupTimeout(PATIENCE);
        broker.start();
        minio = new MinIOContainer("minio/minio:RELEASE.2025-09-07T16-13-09Z");
        minio.withStartupTimeout(PATIENCE);
        minio.start();
    }

    @AfterAll
    static void stop() {
        if (minio != null) {
            minio.stop();
        }
        if (broker != null) {
            broker.stop();
        }
    }

    @Override
    String kafka() {
        return broker.getBootstrapServers();
    }

    @Override
    Map<String, String> storage() {
        return Map.of(
                "AWS_ENDPOINT_URL", minio.getS3URL(),
                "AWS_ALLOW_HTTP", "true",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", minio.getUserName(),
                "AWS_SECRET_ACCESS_KEY", minio.getPassword());
    }
}
