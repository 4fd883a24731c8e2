package io.tidemark.views.store;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.NaiveCounts;
import io.tidemark.views.cube.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What the tests of the store share: one small table. */
final class TestStores {
    static final int DIMENSIONS = 2;
    static final String TABLE = "s3://bucket/events";
    static final CubeSpec SPEC = new CubeSpec(
            Optional.of("timestamp"),
            List.of(new Dimension("channel", "channel"), new Dimension("type", "event_type")),
            Optional.of("session_id"));
    static final TableMetadata METADATA =
            new TableMetadata("table-1", "{}", List.of(), List.of("day"), Map.of("k", "v"), false);
    static final Instant COMMITTED = Instant.parse("2026-01-01T12:00:05Z");

    private TestStores() {}

    static ViewStore open(Path directory) {
        return open(directory, StoreSettings.DEFAULT.writeAheadBytes());
    }

    /** @param writeAheadBytes small: nearly every step writes ahead, also counts of distinct values */
    static ViewStore open(Path directory, long writeAheadBytes) {
        int distinct = writeAheadBytes < StoreSettings.DEFAULT.writeAheadBytes() ? 12 : 1_000_000;
        return ViewStore.open(
                directory, SPEC, TABLE, new StoreSettings(writeAheadBytes, distinct, TestStores::metadata));
    }

    static TableMetadata metadata(
            String id, String schema, List<String> partitionColumns, Map<String, String> configuration) {
        return new TableMetadata(id, schema, List.of(), partitionColumns, configuration, false);
    }

    static List<Row> rows(Random random, int limit) {
        return Stream.generate(() -> Row.random(random, DIMENSIONS, 60, 40))
                .limit(random.nextInt(limit))
                .toList();
    }

    static FileId file(String path) {
        return new FileId(path, Optional.empty());
    }

    static void add(Step step, FileId file, List<Row> rows) {
        step.add(dataFile(file, rows), NaiveCounts.count(rows, DIMENSIONS));
    }

    /** A file of this id, partitioned or not by the looks of its name. */
    static DataFile dataFile(FileId id, List<Row> rows) {
        Map<String, String> partitionValues = new HashMap<>();
        for (int i = id.path().hashCode() & 3; i > 0; i--) {
            partitionValues.put("col-" + i, i == 2 ? null : id.path());
        }
        return new DataFile(
                id.path(),
                id.deletionVectorId().map(TestStores::vector),
                partitionValues,
                bytes(rows),
                Optional.empty());
    }

    /** @param id in a file, as in {@code uname@7}, or inline, as in {@code ibytes} */
    private static DeletionVector vector(String id) {
        int at = id.lastIndexOf('@');
        Optional<Integer> offset = at < 0 ? Optional.empty() : Optional.of(Integer.parseInt(id.substring(at + 1)));
        String name = id.substring(1, at < 0 ? id.length() : at);
        return new DeletionVector(id.substring(0, 1), name, offset, 40 + id.length(), id.length());
    }

    /** A made-up size of a file. */
    static long bytes(List<Row> rows) {
        return 100 + 7L * rows.size();
    }

    static Applied commit(Step step, long version) {
        return commit(step, version, Optional.empty());
    }

    static Applied commit(Step step, long version, Optional<String> epoch) {
        return step.commit(position(version), METADATA, epoch, StepEffect.Kind.COMMIT, List.of(note(version)));
    }

    static CommitNote note(long version) {
        return new CommitNote(
                version,
                COMMITTED,
                Optional.of("WRITE"),
                Optional.of("engine " + version),
                Optional.empty(),
                Optional.of(new CommitNote.Actions(1, 0, 107)));
    }

    static Position position(long version) {
        return new Position("table-1", version, "f" + version);
    }
}
