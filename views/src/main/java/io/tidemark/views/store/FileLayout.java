package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the files of a directory say before RocksDB looks: without CURRENT it would begin anew and delete the rest. */
final class FileLayout {

    /** What is in a directory. */
    enum State {
        /** Nothing that was ever written to: RocksDB may make a new database. */
        NEW,
        /** RocksDB may open it. */
        WHOLE,
        /** There are data, and nothing that says which of them are valid. */
        DAMAGED
    }

    private FileLayout() {}

    static State of(Path directory) throws IOException {
        if (Files.exists(directory.resolve("CURRENT"))) {
            return State.WHOLE;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(FileLayout::holdsData) ? State.DAMAGED : State.NEW;
        }
    }

    private static boolean holdsData(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sst") || name.endsWith(".log");
    }
}
