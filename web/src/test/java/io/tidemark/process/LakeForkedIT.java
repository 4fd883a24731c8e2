package io.tidemark.process;

import io.tidemark.s3.S3Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker and an S3 server from Maven alone, as processes: on every machine. */
class LakeForkedIT extends LakeScenario {
    private static KafkaBroker broker;
    private static S3Server s3;

    @BeforeAll
    static void start(@TempDir Path servers) throws Exception {
        broker = KafkaBroker.start(servers.resolve("kafka"));
        s3 = new S3Server(servers.resolve("s3"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    @Override
    String kafka() {
        return broker.bootstrapServers();
    }

    @Override
    Map<String, String> storage() {
        return s3.environment();
    }
}
