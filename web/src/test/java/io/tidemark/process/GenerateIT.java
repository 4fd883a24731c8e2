package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GenerateIT {
    @TempDir
    Path dir;

    @Test
    void twoProcessesWithTheSameSeedAndEndWriteTheSameRows() throws Exception {
        generate("a", "700");
        generate("b", "250");

        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var answer = duckDb.createStatement()
                        .executeQuery("SELECT (SELECT count(*) FROM (FROM " + files("a") + " EXCEPT ALL FROM "
                                + files("b") + ")), (SELECT count(*) FROM " + files("a") + ")")) {
            answer.next();
            assertThat(answer.getLong(1)).isZero();
            assertThat(answer.getLong(2)).isEqualTo(3_000);
        }
        assertThat(commits("a")).isEqualTo(5);
        assertThat(commits("b")).isEqualTo(12);
    }

    @Test
    void aWrongOptionIsSaidInOneLine() throws Exception {
        try (TidemarkProcess generate =
                TidemarkProcess.start("generate", "--table", dir.resolve("t").toString(), "--rows", "0")) {
            assertThat(generate.exitCode()).isEqualTo(2);
            assertThat(generate.stderr()).hasSize(1).first().asString().contains("--rows");
        }
    }

    private void generate(String table, String rowsPerCommit) throws Exception {
        try (TidemarkProcess generate = TidemarkProcess.start(
                "generate",
                "--table",
                dir.resolve(table).toString(),
                "--rows",
                "3000",
                "--rows-per-commit",
                rowsPerCommit,
                "--seed",
                "7",
                "--end",
                "2026-03-04T12:00:00Z")) {
            assertThat(generate.exitCode()).as("%s", generate.stderr()).isZero();
        }
    }

    private String files(String table) {
        return "read_parquet('" + dir.resolve(table) + "/*.parquet')";
    }

    private long commits(String table) throws Exception {
        try (var log = Files.list(dir.resolve(table).resolve("_delta_log"))) {
            return log.filter(file -> file.toString().endsWith(".json")
                            && !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
