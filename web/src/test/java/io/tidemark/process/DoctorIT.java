package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for who has to find out what is wrong: a table that is fine, one that is not there, one that is broken. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DoctorIT {
    @TempDir
    Path dir;

    @Test
    void aTableThatIsFineIsSaidToBeBeforeAndWhileItIsServed() throws Exception {
        Path table = dir.resolve("table");
        write(table, 3);

        List<String> before = doctor(0, table);
        assertThat(before).noneMatch(line -> line.startsWith("wrong"));
        assertThat(before)
                .anyMatch(line -> line.startsWith("ok") && line.contains("version 2"))
                .anyMatch(line -> line.startsWith("ok") && line.contains("300, by the statistics"))
                .anyMatch(line -> line.startsWith("ok") && line.contains("all 6 that are configured are there"))
                .anyMatch(line -> line.startsWith("ok") && line.contains("nothing is stored yet"));
        assertThat(dir.resolve("state")).as("nothing is made").doesNotExist();

        try (TidemarkProcess service = TidemarkProcess.serve(table, dir.resolve("state"))) {
            service.await("serves", () -> service.version() == 2);

            assertThat(doctor(0, table))
                    .anyMatch(line -> line.startsWith("warning") && line.contains("a process has it open"));
            assertThat(status(0, service)).first().asString().startsWith("table is LIVE");
            assertThat(service.version()).as("not disturbed").isEqualTo(2);
        }
    }

    @Test
    void aTableThatIsNotThereIsWrongForThoseWhoAskAndWaitedForByTheService() throws Exception {
        assertThat(doctor(1, dir.resolve("none")))
                .anyMatch(line -> line.startsWith("wrong") && line.contains("nothing is there yet"))
                .anyMatch(line -> line.contains("→ Correct --table"));

        try (TidemarkProcess service = TidemarkProcess.serve(dir.resolve("none"), dir.resolve("state"))) {
            assertThat(status(1, service)).first().asString().contains("is WAITING");
        }
    }

    @Test
    void aBrokenTableIsWrongWithTheReasonThatAServiceWouldGive() throws Exception {
        Path table = dir.resolve("table");
        write(table, 2);
        Files.writeString(
                table.resolve("_delta_log").resolve("00000000000000000002.json"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"fromTheFuture\"],"
                        + "\"writerFeatures\":[\"fromTheFuture\"]}}\n");

        JsonNode report = new ObjectMapper().readTree(String.join("", doctor(1, table, "--json")));
        assertThat(report.path("verdict").asText()).isEqualTo("wrong");
        assertThat(report.path("checks")).anySatisfy(check -> {
            assertThat(check.path("subject").asText()).isEqualTo("table");
            assertThat(check.path("found").asText()).contains("fromTheFuture");
        });
    }

    private List<String> doctor(int expected, Path table, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "doctor",
                "--table",
                table.toString(),
                "--state-dir",
                dir.resolve("state").toString(),
                "--port",
                "0"));
        arguments.addAll(List.of(more));
        return run(expected, arguments);
    }

    private static List<String> status(int expected, TidemarkProcess service) throws Exception {
        return run(expected, List.of("status", "--url", service.address().toString()));
    }

    private static List<String> run(int expected, List<String> arguments) throws Exception {
        try (TidemarkProcess command = TidemarkProcess.start(arguments.toArray(new String[0]))) {
            assertThat(command.exitCode())
                    .as("%s %s", command.stdout(), command.stderr())
                    .isEqualTo(expected);
            return command.stdout();
        }
    }

    private static void write(Path table, int commits) throws Exception {
        try (ChangingTable writer = new ChangingTable(table, 7)) {
            for (int i = 0; i < commits; i++) {
                writer.append(100);
            }
        }
    }
}
