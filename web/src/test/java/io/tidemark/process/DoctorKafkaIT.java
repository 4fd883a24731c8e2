package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DoctorKafkaIT {
    @TempDir
    Path dir;

    @Test
    void kafkaIsAskedWithoutMakingAnythingAndMissedWhenItIsGone() throws Exception {
        try (ChangingTable writer = new ChangingTable(dir.resolve("table"), 7)) {
            writer.append(100);
        }
        try (KafkaBroker kafka = KafkaBroker.start(dir.resolve("kafka"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(doctor(0, kafka))
                        .anyMatch(line -> line.startsWith("ok") && line.contains("1 broker; 0 topics"))
                        .anyMatch(line -> line.contains("5 will be made"));
            }
            kafka.kill();
            assertThat(doctor(1, kafka))
                    .anyMatch(line -> line.startsWith("wrong") && line.contains("cannot be reached"));
        }
    }

    private List<String> doctor(int expected, KafkaBroker kafka) throws Exception {
        try (TidemarkProcess doctor = TidemarkProcess.start(
                "doctor",
                "--table",
                "events=" + dir.resolve("table"),
                "--state-dir",
                dir.resolve("state").toString(),
                "--port",
                "0",
                "--engine",
                "kafka",
                "--kafka-bootstrap-servers",
                kafka.bootstrapServers())) {
            assertThat(doctor.exitCode())
                    .as("%s %s", doctor.stdout(), doctor.stderr())
                    .isEqualTo(expected);
            return doctor.stdout();
        }
    }
}
