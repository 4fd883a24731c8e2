package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves a damaged database out of the way, for whoever wants to look at it, under a name with the time. One is kept, the newest: a
 * state may be large, and its disk small.
 */
final class SetAside {
    static final String PREFIX = "rocksdb-damaged";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SetAside() {}

    /**
     * @param database that is open nowhere
     * @throws StateException if it cannot be moved
     */
    static void move(Path database) {
        try {
            for (Path earlier : earlier(database)) {
                deleteAll(earlier);
            }
            if (Files.exists(database)) {
                Files.move(database, database.resolveSibling(PREFIX + "-" + TIME.format(Instant.now())));
            }
        } catch (IOException e) {
            throw new StateException(
                    "The stored state is damaged and cannot be set aside (" + Remedy.kind(e) + "). "
                            + Remedy.START_ANEW,
                    e);
        }
    }

    private static List<Path> earlier(Path database) throws IOException {
        try (Stream<Path> siblings = Files.list(database.toAbsolutePath().getParent())) {
            return siblings.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
