package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Moves a damaged database out of the way, for whoever wants to look at it. One is kept: the newest. */
final class SetAside {
    static final String NAME = "rocksdb-damaged";

    private SetAside() {}

    /**
     * @param database that is open nowhere
     * @throws StateException if it cannot be moved
     */
    static void move(Path database) {
        Path aside = database.resolveSibling(NAME);
        try {
            if (Files.exists(aside)) {
                deleteAll(aside);
            }
            Files.move(database, aside);
        } catch (IOException e) {
            throw new StateException(
                    "The stored state is damaged and cannot be set aside ("
                            + e.getClass().getSimpleName() + "). " + Remedy.START_ANEW,
                    e);
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
