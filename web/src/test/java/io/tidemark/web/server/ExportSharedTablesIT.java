package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.export.ExportLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports of tables that Spark wrote, against the rows that their authors say they have: deletion vectors, column mapping, nested
 * columns, partitions, changed schemas.
 */
@Timeout(180)
class ExportSharedTablesIT {
    private static final String FOLDER = System.getProperty("tidemark.tables", "");
    private static final CubeSpec NO_COLUMNS = new CubeSpec(Optional.empty(), List.of(), Optional.empty());

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path tables;
    private Connection duck;

    @BeforeEach
    void findTables() throws SQLException {
        assumeTrue(!FOLDER.isEmpty(), "tidemark.tables is not set");
        tables = Path.of(FOLDER).toAbsolutePath().resolve("dat");
        assumeTrue(Files.isDirectory(tables), () -> tables + " is not there");
        duck = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
        }
    }

    @AfterEach
    void close() throws SQLException {
        if (duck != null) {
            duck.close();
        }
    }

    @Test
    void everyTableIsExportedAsItsAuthorsSayItIs() throws Exception {
        List<String> names;
        try (Stream<Path> folders = Files.list(tables)) {
            names = folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            Path expected = tables.resolve(name).resolve("expected/latest/table_content");
            if (Files.isDirectory(expected)) {
                String about = Files.readString(expected.resolveSibling("table_version_metadata.json"));
                check(name, new JsonObject(about).getLong("version"), rows("'" + expected + "/**/*.parquet'"));
                seen.add(name);
            }
        }
        assertThat(seen).contains("column_mapping", "deletion_vectors", "nested_types", "partitioned_with_null");
    }

    private void check(String name, long version, List<String> expected) throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(
                        "table",
                        new LocalTableFiles(tables.resolve(name).resolve("delta")),
                        directory.resolve("state-" + name),
                        NO_COLUMNS);
                Served served = new Served(ExportLimits.standard(), engine)) {
            engine.start(1, Duration.ofMillis(20));
            Eventually.holds(
                    name + " is served",
                    () -> engine.state()
                            .filter(state -> state.version() == version)
                            .isPresent());

            Path parquet = download(served, name, "parquet");
            assertThat(rows("'" + parquet + "'")).as(name).isEqualTo(expected);
            Path json = download(served, name, "ndjson");
            assertThat(Files.readAllLines(json)).as(name).hasSameSizeAs(expected);
            if (name.equals("nested_types")) {
                checkNested(served);
            }
        }
    }

    private static void checkNested(Served served) throws IOException {
        JsonObject row = served.json("/api/v1/events").getJsonArray("events").getJsonObject(0);
        assertThat(row.getValue("struct")).isInstanceOf(JsonObject.class);
        assertThat(row.getValue("array")).isInstanceOf(JsonArray.class);
        assertThat(row.getValue("map")).isInstanceOf(JsonObject.class);
        assertThat(served.json("/api/v1/schema").getJsonArray("columns").stream()
                        .map(column -> ((JsonObject) column).getString("type")))
                .containsExactly(
                        "integer", "struct<float64:double,bool:boolean>", "array<short>", "map<string,integer>");
    }

    private Path download(Served served, String name, String format) throws IOException, InterruptedException {
        HttpResponse<Path> answer = http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + served.port + "/api/v1/export?format=" + format))
                        .build(),
                BodyHandlers.ofFile(directory.resolve(name + "." + format)));
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        return answer.body();
    }

    /** All columns of all rows as texts, in one order. */
    private List<String> rows(String files) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(" + files + ", hive_partitioning = false)")) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getMetaData().getColumnLabel(i))
                            .append('=')
                            .append(result.getString(i))
                            .append('|');
                }
                rows.add(row.toString());
            }
            rows.sort(null);
            return rows;
        }
    }
}
