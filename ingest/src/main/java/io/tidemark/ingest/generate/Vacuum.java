package io.tidemark.ingest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes data files of a local table that have not been part of it for some time.
 *
 * <p>The time counts from when a file was first seen here outside the table, and not from the log or from the file's age: what
 * is just being written is safe, and so is, after a restart, what was removed just before.
 */
final class Vacuum {
    private final Path table;
    private final Duration retention;
    private final Map<Path, Instant> outsideSince = new HashMap<>();

    Vacuum(Path table, Duration retention) {
        this.table = table;
        this.retention = retention;
    }

    /**
     * @param live names of the table's files
     * @return number of files deleted
     */
    int clean(Set<String> live, Instant now) throws IOException {
        List<Path> outside;
        try (Stream<Path> files = Files.list(table)) {
            outside = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith("part-") && name.endsWith(".parquet") && !live.contains(name);
                    })
                    .collect(Collectors.toList());
        }
        outsideSince.keySet().retainAll(Set.copyOf(outside));
        int deleted = 0;
        for (Path file : outside) {
            // Never when first seen: it may be part of the table by now, or be about to be.
            Instant since = outsideSince.putIfAbsent(file, now);
            if (since != null && !since.plus(retention).isAfter(now)) {
                deleted += Files.deleteIfExists(file) ? 1 : 0;
                outsideSince.remove(file);
            }
        }
        return deleted;
    }
}
