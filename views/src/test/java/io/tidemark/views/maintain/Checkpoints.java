package io.tidemark.views.maintain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

    /** In parts, each a file: the first has what is not an added file. @return the parts */
    static List<Path> writeParts(List<String> actions, Path log, long version, int parts)
            throws IOException, SQLException {
        List<Path> written = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < actions.size(); i++) {
                boolean added = actions.get(i).startsWith("{\"add\"");
                if (added ? i % parts == part : part == 0) {
                    some.add(actions.get(i));
                }
            }
            Path target = log.resolve(String.format("%020d.checkpoint.%010d.%010d.parquet", version, part + 1, parts));
            write(some, target);
            written.add(target);
        }
        return written;
    }

    /** As version 2 has it: a file of JSON that names a sidecar with the added files. @return the sidecar */
    static Path writeWithSidecar(List<String> actions, Path log, long version) throws IOException, SQLException {
        Path sidecar = log.resolve("_sidecars").resolve(UUID.randomUUID() + ".parquet");
        Files.createDirectories(sidecar.getParent());
        write(actions.stream().filter(action -> action.startsWith("{\"add\"")).toList(), sidecar);
        List<String> top = new ArrayList<>();
        top.add("{\"checkpointMetadata\":{\"version\":" + version + "}}");
        actions.stream().filter(action -> !action.startsWith("{\"add\"")).forEach(top::add);
        top.add("{\"sidecar\":{\"path\":\"" + sidecar.getFileName() + "\",\"sizeInBytes\":" + Files.size(sidecar)
                + ",\"modificationTime\":0}}");
        Path manifest = log.resolve(String.format("%020d.checkpoint.%s.json", version, UUID.randomUUID()));
        Files.writeString(manifest, String.join("\n", top) + "\n");
        return sidecar;
    }

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
