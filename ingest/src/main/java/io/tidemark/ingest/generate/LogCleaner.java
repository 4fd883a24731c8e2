package io.tidemark.ingest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the log of a local table short, because Delta Standalone lists all of it twice a commit.
 *
 * <p>Standalone's own cleaning works by whole days: here, 400,000 commits. This one deletes what is before a checkpoint that
 * is itself old enough, so that every version from that checkpoint on can still be read.
 */
final class LogCleaner {
    private static final Pattern VERSIONED = Pattern.compile("\\.?(\\d{20})\\.(json|checkpoint\\.parquet)(\\.crc)?");

    private final Path log;
    private final int keepCommits;
    private final Duration retention;

    LogCleaner(Path table, int keepCommits, Duration retention) {
        this.log = table.resolve("_delta_log");
        this.keepCommits = keepCommits;
        this.retention = retention;
    }

    /** @return number of files deleted */
    int clean(long newestVersion, Instant now) throws IOException {
        NavigableMap<Long, List<Path>> byVersion = new TreeMap<>();
        List<Long> checkpoints = new ArrayList<>();
        try (Stream<Path> files = Files.list(log)) {
            files.forEach(file -> {
                Matcher name = VERSIONED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    long version = Long.parseLong(name.group(1));
                    byVersion.computeIfAbsent(version, v -> new ArrayList<>()).add(file);
                    if (file.getFileName().toString().endsWith(".checkpoint.parquet")) {
                        checkpoints.add(version);
                    }
                }
            });
        }
        OptionalLong keepFrom = checkpoints.stream()
                .mapToLong(Long::longValue)
                .filter(version -> version <= newestVersion - keepCommits && isOld(version, now))
                .max();
        int deleted = 0;
        if (keepFrom.isPresent()) {
            // Oldest first: what is left has no gap, whenever this is cut off.
            for (List<Path> files :
                    byVersion.headMap(keepFrom.getAsLong(), false).values()) {
                for (Path file : files) {
                    deleted += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return deleted;
    }

    private boolean isOld(long version, Instant now) {
        try {
            Path checkpoint = log.resolve(String.format("%020d.checkpoint.parquet", version));
            return Files.getLastModifiedTime(checkpoint).toInstant().isBefore(now.minus(retention));
        } catch (IOException e) {
            return false;
        }
    }
}
