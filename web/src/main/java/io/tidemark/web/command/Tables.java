package io.tidemark.web.command;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.files.TableLocation;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds tables where users say they are; what cannot be a table's place is wrong usage. */
final class Tables {

    private Tables() {}

    static TableLocation locate(String table) {
        TableLocation location;
        try {
            location = TableLocation.parse(table);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--table: " + e.getMessage());
        }
        if (location.isLocal() && Files.isRegularFile(Path.of(location.uri().getPath()))) {
            throw new ConfigException("--table: '" + table + "' is a file. Give the folder of a Delta table.");
        }
        return location;
    }

    /** @param environment of the object stores */
    static TableFiles open(String table, Map<String, String> environment) {
        try {
            return locate(table).open(environment);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--table: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigException("--table: '" + table + "' cannot be opened: " + e.getMessage()
                    + ". Check the URI, and the AWS_* variables.");
        }
    }
}
