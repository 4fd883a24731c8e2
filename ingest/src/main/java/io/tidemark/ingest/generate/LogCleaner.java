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
 * Keeps the log of a local table short, because Delta Standalone lists it twice a commit.
 *
 * <p>Standalone's own cleaning works by whole days: here, 400,000 commits. This one deletes what is before a checkpoint that
 * is itself old enough, so that every version from that checkpoint on can still be read.
 */
final class LogCleaner {
    private static final Pattern VERSIONED = Pattern.compile("\\.?(\\d{20})\\.(json|checkpoint\\.parquet)(\\.crc)?");

    private static final Duration DRAFT_RETENTION = Duration.ofMinutes(10);

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
        List<Path> drafts = new ArrayList<>();
        try (Stream<Path> files = Files.list(log)) {
            files.forEach(file -> {
                Matcher name = VERSIONED.matcher(file.getFileName().toString());
                if (name.matches()) {
                    long version = Long.parseLong(name.group(1));
                    byVersion.computeIfAbsent(version, v -> new ArrayList<>()).add(file);
                    if (file.getFileName().toString().endsWith(".checkpoint.parquet")) {
                        checkpoints.add(version);
                    }
                } else if (file.getFileName().toString().endsWith(".tmp")) {
                    drafts.add(file);
                }
            });
        }
        OptionalLong keepFrom = checkpoints.stream()
                .mapToLong(Long::longValue)
                .filter(version -> version <= newestVersion - keepCommits && isOld(checkpoint(version), retention, now))
                .max();
        int deleted = 0;
        for (Path draft : drafts) {
            // Left behind by a process that was killed while it wrote.
            deleted += isOld(draft, DRAFT_RETENTION, now) && Files.deleteIfExists(draft) ? 1 : 0;
        }
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

    private Path checkpoint(long version) {
        return log.resolve(String.format("%020d.checkpoint.parquet", version));
    }

    private static boolean isOld(Path file, Duration retention, Instant now) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(retention));
        } catch (IOException e) {
            return false; // gone
        }
    }
}
