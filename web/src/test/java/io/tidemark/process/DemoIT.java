package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DemoIT {
    @TempDir
    Path dir;

    @Test
    void aDemoGoesOnCommittingIsExactAndGoesOnAfterARestart() throws Exception {
        long stoppedAt;
        try (TidemarkProcess demo = demo()) {
            demo.await("commits and serves", () -> demo.version() >= 15);
            long events = demo.get("api/v1/views").at("/totals/events").asLong();
            assertThat(events).isGreaterThan(2_000);
            try (TidemarkProcess verify = TidemarkProcess.start(
                    "verify",
                    "--table",
                    dir.resolve("table").toString(),
                    "--url",
                    demo.address().toString())) {
                assertThat(verify.exitCode())
                        .as("%s %s", verify.stdout(), verify.stderr())
                        .isZero();
            }
            stoppedAt = demo.version();
            demo.stop();
        }
        try (TidemarkProcess demo = demo()) {
            demo.await("goes on", () -> demo.version() > stoppedAt + 5);
            demo.stop();
        }
        try (TidemarkProcess verify = TidemarkProcess.start(
                "verify",
                "--table",
                dir.resolve("table").toString(),
                "--state-dir",
                dir.resolve("state").toString())) {
            assertThat(verify.exitCode())
                    .as("%s %s", verify.stdout(), verify.stderr())
                    .isZero();
        }
    }

    @Test
    void aSecondDemoInTheSameDirectoryIsToldSoInOneLine() throws Exception {
        try (TidemarkProcess first = demo()) {
            first.await("commits", () -> first.version() >= 1);
            try (TidemarkProcess second = demo()) {
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.stderr()).hasSize(1).first().asString().contains("--");
            }
        }
    }

    private TidemarkProcess demo() throws Exception {
        return TidemarkProcess.start(
                "demo", "--dir", dir.toString(), "--rate", "100", "--backfill", "2000", "--port", "0");
    }
}
