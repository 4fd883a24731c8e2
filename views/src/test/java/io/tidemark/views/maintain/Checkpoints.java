package io.tidemark.views.maintain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Checkpoints and their sidecars, written by DuckDB from actions as a log has them. */
final class Checkpoints {
    private static final String COLUMNS = "{protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER,"
            + " readerFeatures VARCHAR[], writerFeatures VARCHAR[])',"
            + " metaData: 'STRUCT(id VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)),"
            + " schemaString VARCHAR, partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR),"
            + " createdTime BIGINT)',"
            + " add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT,"
            + " modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, deletionVector STRUCT(storageType VARCHAR,"
            + " pathOrInlineDv VARCHAR, \"offset\" INTEGER, sizeInBytes INTEGER, cardinality BIGINT))'}";

    private Checkpoints() {}

    static void write(List<String> actions, Path target) throws IOException, SQLException {
        Path text = Files.createTempFile("actions", ".json");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            Files.writeString(text, String.join("\n", actions));
            statement.execute("COPY (SELECT * FROM read_json('" + text + "', format = 'newline_delimited', columns = "
                    + COLUMNS + ")) TO '" + target + "' (FORMAT parquet)");
        } finally {
            Files.deleteIfExists(text);
        }
    }
}
