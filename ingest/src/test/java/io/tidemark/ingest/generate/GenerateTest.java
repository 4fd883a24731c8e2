package io.tidemark.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    private static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Connection duckDb;

    @TempDir
    Path dir;

    @BeforeAll
    static void openDuckDb() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    @Test
    void theSameSeedAndEndGiveTheSameRowsWhateverTheCommitSize() throws Exception {
        generate(dir.resolve("a"), 9_000, 2_000, 42);
        generate(dir.resolve("b"), 9_000, 999, 42);

        String a = files(dir.resolve("a"));
        String b = files(dir.resolve("b"));
        assertThat(number("SELECT count(*) FROM " + a)).isEqualTo(9_000);
        assertThat(number("SELECT count(*) FROM (FROM " + a + " EXCEPT ALL FROM " + b + ")"))
                .isZero();
        assertThat(number("SELECT count(*) FROM (FROM " + b + " EXCEPT ALL FROM " + a + ")"))
                .isZero();
    }

    @Test
    void everyCommitSaysHowManyRowsItWroteAndHowOldTheyAre() throws Exception {
        Generate.Result result = generate(dir.resolve("t"), 30_000, 7_000, 1);

        assertThat(result.commits()).isEqualTo(5);
        assertThat(result.lastVersion()).isEqualTo(4);
        List<JsonNode> log = log(dir.resolve("t"));
        assertThat(log.stream().filter(line -> line.has("metaData"))).hasSize(1);
        List<Integer> written = log.stream()
                .filter(line -> line.has("commitInfo"))
                .map(line ->
                        line.at("/commitInfo/operationMetrics/numOutputRows").asInt())
                .collect(Collectors.toList());
        assertThat(written).containsExactly(7_000, 7_000, 7_000, 7_000, 2_000);
        for (JsonNode line : log) {
            if (line.has("add")) {
                JsonNode stats = JSON.readTree(line.at("/add/stats").asText());
                String file = "read_parquet('"
                        + dir.resolve("t").resolve(line.at("/add/path").asText()) + "')";
                assertThat(number("SELECT count(*) FROM " + file))
                        .isEqualTo(stats.get("numRecords").asLong());
                assertThat(number("SELECT count(*) FROM " + file + " WHERE \"timestamp\" NOT BETWEEN '"
                                + stats.at("/minValues/timestamp").asText() + "' AND '"
                                + stats.at("/maxValues/timestamp").asText() + "'"))
                        .isZero();
            }
        }
    }

    @Test
    void aSecondRunAppends() throws Exception {
        generate(dir, 1_000, 500, 1);
        Generate.Result second = generate(dir, 1_000, 500, 2);

        assertThat(second.lastVersion()).isEqualTo(3);
        assertThat(number("SELECT count(*) FROM " + files(dir))).isEqualTo(2_000);
    }

    @Test
    void stoppedHalfwayItLeavesWholeCommits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Generate.Result result =
                Generate.run(options(dir, 50_000, 5_000, 1), line -> {}, () -> asked.incrementAndGet() > 8);

        assertThat(result.rows()).isPositive().isLessThan(50_000);
        assertThat(number("SELECT count(*) FROM " + files(dir))).isEqualTo(result.rows());
    }

    @Test
    void channelsAndPlatformsAreThoseThatUsersKnow() throws Exception {
        generate(dir, 50_000, 50_000, 1);

        assertThat(texts("SELECT DISTINCT channel FROM " + files(dir)))
                .contains("web", "mobile", "chat", "voice", "speech", "agent");
        assertThat(texts("SELECT DISTINCT platform FROM " + files(dir) + " WHERE channel = 'voice'"))
                .contains("alexa");
        assertThat(number("SELECT count(*) FROM " + files(dir) + " WHERE platform = ''"))
                .isPositive();
        assertThat(number("SELECT count(*) FROM " + files(dir) + " WHERE event_category IS NULL"))
                .isPositive();
        assertThat(number("SELECT count(*) FROM " + files(dir) + " WHERE event_category = ''"))
                .isPositive();
        assertThat(number("SELECT count(*) FROM " + files(dir) + " WHERE NOT json_valid(metadata)"))
                .isZero();
        assertThat(number("SELECT count(*) FROM " + files(dir)
                        + " WHERE interaction_value IS NULL OR interaction_value < 0"))
                .isBetween(1L, 49_999L);
    }

    @Test
    void aTableWithOtherColumnsIsRefusedWithTheColumnsName() throws IOException {
        Path log = Files.createDirectories(dir.resolve("_delta_log"));
        Files.writeString(
                log.resolve("00000000000000000000.json"),
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n"
                        + "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                        + "\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"timestamp\\\",\\\"type\\\":\\\"long\\\","
                        + "\\\"nullable\\\":true,\\\"metadata\\\":{}}]}\",\"partitionColumns\":[],\"configuration\":{}}}\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> generate(dir, 10, 10, 1))
                .withMessageContaining("timestamp is long")
                .withMessageContaining("Choose another --table.");
    }

    @Test
    void aTableOfALaterProtocolIsRefused() throws IOException {
        Path log = Files.createDirectories(dir.resolve("_delta_log"));
        Files.writeString(
                log.resolve("00000000000000000000.json"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],"
                        + "\"writerFeatures\":[\"deletionVectors\"]}}\n"
                        + "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                        + "\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\",\"partitionColumns\":[],\"configuration\":{}}}\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> generate(dir, 10, 10, 1))
                .withMessageContaining("choose another --table")
                .withMessageNotContaining("\n");
    }

    @Test
    void anOptionOutOfItsRangeIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(dir, 0, 1, 1))
                .withMessage("--rows must be at least 1, not 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions("t", new Configuration(), 10, 0, -1, 1, END, 0, 1))
                .withMessageContaining("--rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions("t", new Configuration(), 10, 0, 0, 0, END, 0, 1))
                .withMessageContaining("--hours");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions("t", new Configuration(), 10, 0, 0, 1, END, 11, 1))
                .withMessageContaining("--sessions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions(" ", new Configuration(), 10, 0, 0, 1, END, 0, 1))
                .withMessageContaining("--table");
    }

    private static Generate.Result generate(Path table, long rows, long rowsPerCommit, long seed) throws IOException {
        return Generate.run(options(table, rows, rowsPerCommit, seed), line -> {}, () -> false);
    }

    private static GenerateOptions options(Path table, long rows, long rowsPerCommit, long seed) {
        return new GenerateOptions(table.toString(), new Configuration(), rows, rowsPerCommit, 0, 48, END, 0, seed);
    }

    private static List<JsonNode> log(Path table) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> commits = Files.list(table.resolve("_delta_log"))) {
            for (Path commit : commits.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .collect(Collectors.toList())) {
                for (String line : Files.readAllLines(commit)) {
                    lines.add(JSON.readTree(line));
                }
            }
        }
        return lines;
    }

    private static String files(Path table) {
        return "read_parquet('" + table + "/*.parquet')";
    }

    private long number(String sql) throws SQLException {
        try (ResultSet answer = duckDb.createStatement().executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (ResultSet answer = duckDb.createStatement().executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (answer.next()) {
                texts.add(answer.getString(1));
            }
            return texts;
        }
    }
}
