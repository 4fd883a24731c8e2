package io.tidemark.ingest.generate;

import io.delta.standalone.Operation;
import io.delta.standalone.Snapshot;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a demo's table within its limits: prepares commits that make many small files into one and that drop the oldest files,
 * and deletes what nobody needs any more.
 *
 * <p>Runs beside the thread that commits, one round at a time; the prepared commits are that thread's to make, so that one
 * thread alone changes the table.
 */
final class Tidying {
    /** Files below this many rows are small. */
    private static final long SMALL_ROWS = 20_000;

    /** Files below this many rows, and not small, are made into one when there are {@link #MEDIUM_FILES}. */
    private static final long MEDIUM_ROWS = 200_000;

    private static final int MEDIUM_FILES = 8;
    private static final int BATCH = 1024;

    private final EventTable table;
    private final Path dir;
    private final DemoLimits limits;
    private final LogCleaner logCleaner;
    private final Vacuum vacuum;

    Tidying(EventTable table, Path dir, DemoLimits limits) {
        this.table = table;
        this.dir = dir;
        this.limits = limits;
        this.logCleaner = new LogCleaner(dir, limits.keepCommits(), limits.logRetention());
        this.vacuum = new Vacuum(dir, limits.fileRetention());
    }

    /** A commit to be made. */
    record Prepared(List<Action> actions, Operation operation) {}

    /** One round. */
    List<Prepared> round(Snapshot snapshot, Instant now) throws IOException {
        List<LiveFile> files = new ArrayList<>();
        for (AddFile add : snapshot.getAllFiles()) {
            files.add(LiveFile.of(add));
        }
        files.sort(Comparator.comparing(LiveFile::newest));
        Set<String> live = files.stream().map(file -> file.add().getPath()).collect(Collectors.toSet());
        logCleaner.clean(snapshot.getVersion(), now);
        vacuum.clean(live, now);

        List<Prepared> prepared = new ArrayList<>();
        List<LiveFile> expired = expired(files, now);
        if (!expired.isEmpty()) {
            prepared.add(dropping(expired));
            files.removeAll(expired);
        }
        List<LiveFile> merged = worthMerging(files);
        if (!merged.isEmpty()) {
            prepared.add(merging(merged));
        }
        return prepared;
    }

    private List<LiveFile> expired(List<LiveFile> oldestFirst, Instant now) {
        long rows = oldestFirst.stream().mapToLong(LiveFile::rows).sum();
        List<LiveFile> expired = new ArrayList<>();
        for (LiveFile file : oldestFirst) {
            if (rows <= limits.maxRows() && !file.newest().isBefore(now.minus(limits.maxAge()))) {
                break;
            }
            expired.add(file);
            rows -= file.rows();
        }
        return expired;
    }

    private List<LiveFile> worthMerging(List<LiveFile> files) {
        List<LiveFile> small =
                files.stream().filter(file -> file.rows() < SMALL_ROWS).collect(Collectors.toList());
        if (small.size() >= limits.smallFiles()) {
            return small;
        }
        List<LiveFile> medium = files.stream()
                .filter(file -> file.rows() >= SMALL_ROWS && file.rows() < MEDIUM_ROWS)
                .collect(Collectors.toList());
        return medium.size() >= MEDIUM_FILES ? medium : List.of();
    }

    private Prepared dropping(List<LiveFile> files) {
        long now = System.currentTimeMillis();
        long rows = files.stream().mapToLong(LiveFile::rows).sum();
        List<Action> actions = new ArrayList<>();
        files.forEach(file -> actions.add(file.add().remove(now, true)));
        Map<String, String> metrics = Map.of(
                Operation.Metrics.numRemovedFiles, Integer.toString(files.size()),
                Operation.Metrics.numDeletedRows, Long.toString(rows));
        String newest = files.get(files.size() - 1).newest().toString();
        return new Prepared(
                actions,
                new Operation(
                        Operation.Name.DELETE, Map.of("predicate", "\"[timestamp <= '" + newest + "']\""), metrics));
    }

    private Prepared merging(List<LiveFile> files) throws IOException {
        WrittenFile merged = merge(files);
        long rows = files.stream().mapToLong(LiveFile::rows).sum();
        if (merged.rows() != rows) {
            throw new IOException("Compaction read " + merged.rows() + " rows of " + rows + "; nothing was changed.");
        }
        long now = System.currentTimeMillis();
        List<Action> actions = new ArrayList<>();
        files.forEach(file -> actions.add(file.add().remove(now, false)));
        actions.add(merged.add(now, false));
        Map<String, String> metrics = Map.of(
                Operation.Metrics.numAddedFiles, "1",
                Operation.Metrics.numRemovedFiles, Integer.toString(files.size()),
                Operation.Metrics.numOutputRows, Long.toString(rows),
                Operation.Metrics.numOutputBytes, Long.toString(merged.bytes()));
        // Standalone has no name for OPTIMIZE.
        return new Prepared(
                actions, new Operation(Operation.Name.MANUAL_UPDATE, Map.of("command", "\"OPTIMIZE\""), metrics));
    }

    private WrittenFile merge(List<LiveFile> files) throws IOException {
        EventBatch batch = new EventBatch(BATCH);
        try (EventFileWriter writer = table.newFile()) {
            for (LiveFile file : files) {
                try (EventFileReader reader =
                        new EventFileReader(dir.resolve(file.add().getPath()), batch)) {
                    for (reader.fill(); batch.size() > 0; reader.fill()) {
                        writer.write(batch);
                    }
                }
            }
            return writer.finish();
        }
    }
}
