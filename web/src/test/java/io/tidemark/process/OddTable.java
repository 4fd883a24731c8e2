package io.tidemark.process;

import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;

/** A table of three days whose newest rows have, in every text column, what a page must not take for markup. */
final class OddTable {
    static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    static final int ROWS = 3_000;
    static final int ODD = 20;
    static final String MARKUP = "<img src=x onerror=\"window.taken=1\"><script>window.taken=1</script>";
    /** Turns the direction of writing, and ends a line. */
    static final String DECEPTIVE = "\u202egpj.exe\n\u0007";

    private OddTable() {}

    /** A service of it, at its newest version. */
    static TidemarkProcess served(Path dir) throws IOException, SQLException {
        create(dir.resolve("table"));
        TidemarkProcess service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"));
        service.await("serves the odd rows", () -> service.version() == 1);
        return service;
    }

    static void create(Path root) throws IOException, SQLException {
        Generate.run(
                new GenerateOptions(root.toString(), new Configuration(), ROWS, ROWS, 0, 72, END, 0, 1),
                line -> {},
                () -> false);
        Path source;
        try (var files = Files.list(root)) {
            source = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Path odd = root.resolve("odd.parquet");
        String metadata =
                "{\"__proto__\": {\"" + MARKUP.replace("\"", "\\\"") + "\": [1, {\"deep\": \"" + "</dl>" + "\"}]}}";
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            statement.execute("COPY (SELECT * REPLACE (" + text(MARKUP) + " AS channel, " + text(DECEPTIVE)
                    + " AS platform, " + text(MARKUP) + " AS event_type, " + text("__proto__")
                    + " AS event_category, NULL::VARCHAR AS session_id, " + text(MARKUP) + " AS interaction_text, "
                    + text(metadata) + " AS metadata, TIMESTAMPTZ '2026-03-04 13:00:00+00' AS \"timestamp\") FROM"
                    + " read_parquet('" + source + "') LIMIT " + ODD + ") TO '" + odd + "' (FORMAT parquet)");
        }
        Files.writeString(
                root.resolve("_delta_log/00000000000000000001.json"),
                "{\"commitInfo\":{\"timestamp\":1772629200000,\"operation\":\"WRITE\",\"engineInfo\":\"<b>odd</b>\"}}\n"
                        + "{\"add\":{\"path\":\"odd.parquet\",\"partitionValues\":{},\"size\":" + Files.size(odd)
                        + ",\"modificationTime\":1772629200000,\"dataChange\":true}}\n");
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
