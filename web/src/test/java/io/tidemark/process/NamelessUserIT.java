package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as Kubernetes and OpenShift run it: by a number that has no name in {@code /etc/passwd}, and no home. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NamelessUserIT {
    private static final String NUMBER = "1234567";

    @TempDir
    Path dir;

    @BeforeEach
    void aUserWithoutAName() throws Exception {
        Process tried;
        try {
            tried = new ProcessBuilder(
                            as(List.of("test", "-r", TidemarkProcess.jar().toString(), "-a", "-x", "/tmp")))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("there is no setpriv here, which runs a program as another user: " + e.getMessage());
            return;
        }
        String said = new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(tried.waitFor() == 0, "only root may run the jar as another user: " + said);
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void aTableOnS3IsWrittenServedAndVerified() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(dir.resolve("s3")))) {
            String table = "s3a://" + server.bucket() + "/events";
            Map<String, String> environment = server.environment();
            succeeds(environment, "generate", "--table", table, "--rows", "200", "--rows-per-commit", "100");
            String state = dir.resolve("state").toString();
            try (TidemarkProcess service =
                    run(environment, "serve", "--table", table, "--state-dir", state, "--port", "0")) {
                service.await("serves version 1", () -> service.version() == 1);
                assertThat(service.text("api/v1/export?format=parquet")).startsWith("PAR1");
                String url = service.address().toString();
                succeeds(environment, "verify", "--table", table, "--url", url);
            }
        }
    }

    @Test
    void aTableInAFolderIsWritten() throws Exception {
        succeeds(Map.of(), "generate", "--table", dir.resolve("table").toString(), "--rows", "100");
    }

    private static void succeeds(Map<String, String> environment, String... arguments) throws IOException {
        try (TidemarkProcess command = run(environment, arguments)) {
            assertThat(command.exitCode()).as("%s", command.stderr()).isZero();
        }
    }

    private static TidemarkProcess run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                TidemarkProcess.java().toString(),
                "-Xmx512m",
                "-jar",
                TidemarkProcess.jar().toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(as(command));
        process.environment().remove("HOME");
        process.environment().putAll(environment);
        return TidemarkProcess.start(process);
    }

    private static List<String> as(List<String> command) {
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NUMBER, "--regid=" + NUMBER, "--clear-groups", "--no-new-privs"));
        all.addAll(command);
        return all;
    }
}
