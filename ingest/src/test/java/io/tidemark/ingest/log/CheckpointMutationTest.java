package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged checkpoints are refused, or left out where the commits are still there, or read as DuckDB reads the same bytes; and
 * never do they take the memory that they claim.
 */
@Timeout(value = 3_600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointMutationTest {
    private static final long VERSION = 10;
    private static final String CHECKPOINT = "_delta_log/" + LogPaths.prefix(VERSION) + ".checkpoint.parquet";

    @TempDir
    static Path folder;

    private final InMemoryTableFiles files = new InMemoryTableFiles();

    private static CheckpointFile actions(int from, int to) {
        CheckpointFile file = new CheckpointFile();
        if (from == 0) {
            file.protocol("deletionVectors").metadata("table");
        }
        for (int i = from; i < to; i++) {
            if (i % 5 == 3) {
                file.addWithVector("part%20" + i, "vector" + i);
            } else if (i % 7 == 6) {
                file.remove("old-" + i);
            } else {
                file.add("part-" + i * i, i % 4 == 0 ? null : "p" + i % 3, 100 + i);
            }
        }
        return file;
    }

    private static UnaryOperator<ExampleParquetWriter.Builder> way(
            CompressionCodecName codec, WriterVersion version, boolean crc) {
        return b -> b.withCompressionCodec(codec)
                .withWriterVersion(version)
                .withPageWriteChecksumEnabled(crc)
                .withPageRowCountLimit(40)
                .withRowGroupRowCountLimit(70);
    }

    private void logAfter() {
        files.putCommit(VERSION, Lines.add("part-0"));
        files.putCommit(VERSION + 1, Lines.add("later"), Lines.remove("part-1"));
    }

    /** Everything of a snapshot that counts depend on, as text. */
    private TreeSet<String> snapshot() {
        TreeSet<String> found = new TreeSet<>();
        try (TableSnapshot snapshot = new DeltaTableLog(files).snapshot(VERSION + 1)) {
            found.add("id " + snapshot.metadata().id());
            found.add("schema " + snapshot.metadata().schemaString());
            found.add("partitioned by " + snapshot.metadata().partitionColumns());
            snapshot.files().forEachRemaining(file -> {
                boolean added = found.add(file.path() + " " + file.size() + " " + notNull(file.partitionValues())
                        + file.deletionVector()
                                .map(dv -> dv.storageType() + dv.pathOrInlineDv() + dv.offset() + dv.sizeInBytes() + " "
                                        + dv.cardinality())
                                .orElse(""));
                assertThat(added).isTrue();
            });
        }
        return found;
    }

    /** A partition column without a value counts as null, whether the log names it or not. */
    private static TreeMap<String, String> notNull(Map<String, String> partitionValues) {
        TreeMap<String, String> values = new TreeMap<>(partitionValues);
        values.values().removeIf(Objects::isNull);
        return values;
    }

    private Verdict trial(TreeSet<String> original, List<String> parquet) throws Exception {
        TreeSet<String> found;
        try {
            found = snapshot();
        } catch (TableException e) {
            assertThat(e.getMessage())
                    .contains("version 11")
                    .doesNotContain("memory:", "\n")
                    .doesNotContain("OutOfMemory");
            return Verdict.of(Outcome.REFUSED);
        }
        if (found.equals(original)) {
            return Verdict.of(Outcome.SAME);
        }
        try {
            TreeSet<String> theirs = duckDb(parquet);
            return found.equals(theirs)
                    ? Verdict.of(Outcome.OTHER_BUT_EQUAL)
                    : new Verdict(
                            Outcome.WRONG, difference(found, original) + "; DuckDB: " + difference(found, theirs));
        } catch (SQLException e) {
            if (found.toString().indexOf('\uFFFD') >= 0) {
                // DuckDB refuses text that is not UTF-8; in a partition value it is a value with U+FFFD, as in data
                // files.
                return Verdict.of(Outcome.OTHER_BUT_EQUAL);
            }
            return new Verdict(Outcome.WRONG, difference(found, original) + "; DuckDB: " + e.getMessage());
        }
    }

    private static String difference(TreeSet<String> ours, TreeSet<String> theirs) {
        TreeSet<String> more = new TreeSet<>(ours);
        more.removeAll(theirs);
        TreeSet<String> less = new TreeSet<>(theirs);
        less.removeAll(ours);
        return "we have " + more + " and not " + less;
    }

    /** The same snapshot, by what DuckDB reads of the checkpoint, and the two commits after it. */
    private TreeSet<String> duckDb(List<String> parquet) throws SQLException, IOException {
        List<String> paths = new ArrayList<>();
        for (String name : parquet) {
            Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
            Files.write(file, files.read(name, 1 << 30).orElseThrow().bytes());
            paths.add("'" + file + "'");
        }
        String from = " FROM read_parquet([" + String.join(",", paths) + "]) ";
        TreeSet<String> found = new TreeSet<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("SET threads=1");
            try (ResultSet rows = sql.executeQuery("SELECT metaData.id, metaData.schemaString, "
                    + "metaData.partitionColumns::VARCHAR" + from + "WHERE metaData IS NOT NULL")) {
                while (rows.next()) {
                    found.add("id " + rows.getString(1));
                    found.add("schema " + rows.getString(2));
                    found.add("partitioned by " + rows.getString(3));
                }
            }
            try (ResultSet rows = sql.executeQuery("SELECT add.path, add.size, map_keys(add.partitionValues)[1], "
                    + "map_values(add.partitionValues)[1], add.deletionVector.storageType, "
                    + "add.deletionVector.pathOrInlineDv, add.deletionVector.\"offset\", "
                    + "add.deletionVector.sizeInBytes, add.deletionVector.cardinality, len(map_keys(add.partitionValues))"
                    + from + "WHERE add IS NOT NULL")) {
                while (rows.next()) {
                    TreeMap<String, String> partition = new TreeMap<>();
                    if (rows.getInt(10) > 0 && rows.getString(4) != null) {
                        partition.put(rows.getString(3), rows.getString(4));
                    }
                    String vector = rows.getString(5) == null
                            ? ""
                            : rows.getString(5) + rows.getString(6)
                                    + Optional.ofNullable(rows.getString(7)).map(Integer::valueOf) + rows.getInt(8)
                                    + " "
                                    + rows.getLong(9);
                    String path = files.relative(rows.getString(1));
                    if (!path.equals("part-1")) {
                        found.add(path + " " + rows.getLong(2) + " " + partition + vector);
                    }
                }
            }
        }
        found.add("later 10 {}");
        return found;
    }

    private void check(Mutations mutations) {
        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
    }

    private static int footer(byte[] parquet) {
        int at = parquet.length - 8;
        return at - (parquet[at] & 0xff | (parquet[at + 1] & 0xff) << 8 | (parquet[at + 2] & 0xff) << 16);
    }

    private void classic(String name, UnaryOperator<ExampleParquetWriter.Builder> way) throws Exception {
        logAfter();
        byte[] good = actions(0, 130).bytes(way);
        files.put(CHECKPOINT, good);
        TreeSet<String> original = snapshot();
        assertThat(duckDb(List.of(CHECKPOINT))).isEqualTo(original).hasSizeGreaterThan(100);
        check(new Mutations(name).run(Mutations.rounds(12), good, footer(good), damaged -> {
            files.put(CHECKPOINT, damaged);
            return trial(original, List.of(CHECKPOINT));
        }));
    }

    @Test
    void aDamagedClassicCheckpointIsRefusedOrReadAsOthersReadIt() throws Exception {
        classic("checkpoint, SNAPPY, no CRC", way(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, false));
    }

    @Test
    void soIsOneWithDeltaEncodingsInPagesOfVersionTwo() throws Exception {
        classic("checkpoint, ZSTD, version 2, CRC", way(CompressionCodecName.ZSTD, WriterVersion.PARQUET_2_0, true));
    }

    @Test
    void soIsOneThatIsNotCompressed() throws Exception {
        classic(
                "checkpoint, UNCOMPRESSED, version 2, no CRC",
                way(CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_2_0, false));
    }

    @Test
    void soIsOneInParts() throws Exception {
        logAfter();
        List<String> parts = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            parts.add("_delta_log/%020d.checkpoint.%010d.%010d.parquet".formatted(VERSION, part, 3));
            files.put(
                    parts.get(part - 1),
                    actions((part - 1) * 40, part * 40)
                            .bytes(way(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, false)));
        }
        TreeSet<String> original = snapshot();
        assertThat(duckDb(parts)).isEqualTo(original);
        for (String part : parts) {
            byte[] good = files.read(part, 1 << 30).orElseThrow().bytes();
            check(new Mutations("checkpoint " + part).run(Mutations.rounds(4), good, footer(good), damaged -> {
                files.put(part, damaged);
                return trial(original, parts);
            }));
            files.put(part, good);
        }
    }

    @Test
    void soIsOneWithSidecars() throws Exception {
        logAfter();
        UnaryOperator<ExampleParquetWriter.Builder> way =
                way(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, false);
        String sidecar = "_delta_log/_sidecars/a.parquet";
        byte[] goodSidecar = actions(1, 90).bytes(way);
        files.put(sidecar, goodSidecar);
        String top =
                "_delta_log/" + LogPaths.prefix(VERSION) + ".checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet";
        byte[] goodTop = new CheckpointFile()
                .protocol("v2Checkpoint", "deletionVectors")
                .metadata("table")
                .checkpointMetadata(VERSION)
                .sidecar("a.parquet", goodSidecar.length)
                .bytes(way);
        files.put(top, goodTop);
        TreeSet<String> original = snapshot();
        assertThat(duckDb(List.of(top, sidecar))).isEqualTo(original);

        check(new Mutations("v2 checkpoint").run(Mutations.rounds(6), goodTop, footer(goodTop), damaged -> {
            files.put(top, damaged);
            return trial(original, List.of(top, sidecar));
        }));
        files.put(top, goodTop);
        check(new Mutations("sidecar").run(Mutations.rounds(6), goodSidecar, footer(goodSidecar), damaged -> {
            files.put(sidecar, damaged);
            return trial(original, List.of(top, sidecar));
        }));
    }

    @Test
    void aDamagedHintAtTheLastCheckpointChangesNothing() throws Exception {
        logAfter();
        files.put(CHECKPOINT, actions(0, 20).bytes(way(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true)));
        byte[] good = "{\"version\":10,\"size\":130,\"sizeInBytes\":4000,\"numOfAddFiles\":100,\"parts\":1}"
                .getBytes(StandardCharsets.UTF_8);
        files.put(LogPaths.LAST_CHECKPOINT, good);
        TreeSet<String> original = snapshot();

        Mutations mutations = new Mutations("_last_checkpoint").run(Mutations.rounds(8), good, 0, damaged -> {
            files.put(LogPaths.LAST_CHECKPOINT, damaged);
            assertThat(new DeltaTableLog(files).latestVersion(-1)).hasValue(VERSION + 1);
            return trial(original, List.of(CHECKPOINT));
        });

        check(mutations);
        assertThat(mutations.count(Outcome.SAME)).as(mutations.toString()).isEqualTo(Mutations.rounds(8));
    }
}
