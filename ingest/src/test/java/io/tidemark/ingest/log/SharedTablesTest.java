package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delta.standalone.actions.AddFile;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Tables that others wrote; skipped where {@code -Dtidemark.tables} does not say where they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedTablesTest {
    /** Adds a file outside its root, so that no version can be read. */
    private static final String OUTSIDE = "golden/data-reader-absolute-paths-escaped-chars";
    /** Reader version 99. */
    private static final String UNSUPPORTED = "golden/deltalog-invalid-protocol-version";

    private final String tables = System.getProperty("tidemark.tables", "");

    @BeforeEach
    void needsTheTables() {
        assumeTrue(!tables.isEmpty(), "-Dtidemark.tables is not set");
    }

    /** Live files by version, for each table. */
    private Map<String, TreeMap<Long, Long>> oracle() throws IOException {
        Map<String, TreeMap<Long, Long>> counts = new TreeMap<>();
        if (tables.isEmpty()) {
            return counts;
        }
        try (Stream<String> lines = Files.lines(Path.of(tables, "versions.csv"))) {
            lines.skip(1).map(line -> line.split(",", -1)).forEach(row -> {
                String table = row[0].equals("dat") ? "dat/" + row[1] : row[1];
                counts.computeIfAbsent(table, t -> new TreeMap<>())
                        .put(Long.parseLong(row[2]), Long.parseLong(row[row.length - 2]));
            });
        }
        return counts;
    }

    private LocalTableFiles open(String table) {
        return new LocalTableFiles(Path.of(tables, table));
    }

    @TestFactory
    Stream<DynamicTest> replayingTheCommitsGivesTheLiveFilesOfEveryVersion() throws IOException {
        return oracle().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OUTSIDE))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (TableFiles files = open(entry.getKey())) {
                        DeltaTableLog log = new DeltaTableLog(files);
                        Set<FileId> live = new HashSet<>();
                        for (Map.Entry<Long, Long> version : entry.getValue().entrySet()) {
                            Commit commit = log.commit(version.getKey()).orElseThrow();
                            live.removeAll(commit.removes());
                            commit.adds().forEach(file -> live.add(file.id()));
                            assertThat(live)
                                    .as("version %d", version.getKey())
                                    .hasSize(Math.toIntExact(version.getValue()));
                        }
                        assertThat(log.commit(entry.getValue().lastKey() + 1)).isEmpty();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> theSnapshotOfEveryVersionHasTheFilesOfTheReplay() throws IOException {
        return oracle().entrySet().stream()
                .filter(entry -> !Set.of(OUTSIDE, UNSUPPORTED).contains(entry.getKey()))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (TableFiles files = open(entry.getKey())) {
                        DeltaTableLog log = new DeltaTableLog(files);
                        Map<FileId, DataFile> live = new HashMap<>();
                        for (long version : entry.getValue().keySet()) {
                            Commit commit = log.commit(version).orElseThrow();
                            live.keySet().removeAll(commit.removes());
                            commit.adds().forEach(file -> live.put(file.id(), file));
                            try (TableSnapshot snapshot = log.snapshot(version)) {
                                assertThat(byId(snapshot))
                                        .as("version %d", version)
                                        .isEqualTo(withoutStats(live));
                                assertThat(snapshot.fingerprint()).isEqualTo(commit.fingerprint());
                                assertThat(snapshot.committedAt()).isEqualTo(commit.committedAt());
                                commit.metadata()
                                        .ifPresent(changed ->
                                                assertThat(snapshot.metadata()).isEqualTo(changed));
                            }
                        }
                        long last = entry.getValue().lastKey();
                        assertThat(log.latestVersion(-1)).hasValue(last);
                        assertThat(log.latestVersion(0)).hasValue(last);
                        try (TableSnapshot latest = log.latestSnapshot().orElseThrow()) {
                            assertThat(latest.version()).isEqualTo(last);
                        }
                    }
                }));
    }

    private static Map<FileId, DataFile> byId(TableSnapshot snapshot) {
        Map<FileId, DataFile> files = new HashMap<>();
        snapshot.files().forEachRemaining(file -> {
            assertThat(files.put(file.id(), file)).as("twice: %s", file.id()).isNull();
        });
        return withoutStats(files);
    }

    /** Writers leave statistics out of checkpoints, or keep them parsed. */
    private static Map<FileId, DataFile> withoutStats(Map<FileId, DataFile> files) {
        Map<FileId, DataFile> bare = new HashMap<>();
        files.forEach((id, file) -> bare.put(
                id,
                new DataFile(
                        file.path(),
                        file.deletionVector(),
                        file.partitionValues(),
                        file.size(),
                        java.util.Optional.empty())));
        return bare;
    }

    @TestFactory
    Stream<DynamicTest> theLatestSnapshotHasTheFilesThatDeltaStandaloneLists() throws IOException {
        return oracle().keySet().stream()
                .filter(table -> !table.equals(OUTSIDE))
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    List<String> expected = standaloneFiles(table);
                    try (TableFiles files = open(table);
                            TableSnapshot snapshot =
                                    new DeltaTableLog(files).latestSnapshot().orElseThrow()) {
                        List<String> found = new ArrayList<>();
                        snapshot.files().forEachRemaining(file -> found.add(file.path() + file.partitionValues()));
                        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
                    }
                }));
    }

    private List<String> standaloneFiles(String table) {
        List<AddFile> files;
        try {
            files = io.delta.standalone.DeltaLog.forTable(
                            new Configuration(), Path.of(tables, table).toUri().toString())
                    .snapshot()
                    .getAllFiles();
        } catch (RuntimeException e) {
            assumeTrue(false, "Delta Standalone cannot read it: " + e.getMessage());
            throw e;
        }
        return files.stream()
                .map(file -> java.net.URI.create(file.getPath()).getPath() + new HashMap<>(file.getPartitionValues()))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> tablesThatCannotBeReadAreRefusedWithAReason() {
        return Stream.of(
                DynamicTest.dynamicTest(OUTSIDE, () -> {
                    try (TableFiles files = open(OUTSIDE)) {
                        assertThatThrownBy(() -> new DeltaTableLog(files).commit(0))
                                .isInstanceOf(TableException.class)
                                .hasMessageContaining("..//Users")
                                .hasMessageContaining("line 3");
                        assertThatThrownBy(() -> new DeltaTableLog(files).latestSnapshot())
                                .isInstanceOf(TableException.class);
                    }
                }),
                DynamicTest.dynamicTest(UNSUPPORTED, () -> {
                    try (TableFiles files = open(UNSUPPORTED)) {
                        assertThatThrownBy(() -> new DeltaTableLog(files).latestSnapshot())
                                .isInstanceOf(UnsupportedFeatureException.class)
                                .hasMessageContaining("reader version 99");
                    }
                }),
                DynamicTest.dynamicTest("golden/versions-not-contiguous", () -> {
                    try (TableFiles files = open("golden/versions-not-contiguous")) {
                        DeltaTableLog log = new DeltaTableLog(files);
                        OptionalLong latest = log.latestVersion(-1);
                        assertThat(latest).isPresent();
                        assertThat(log.hasGapAt(latest.getAsLong() + 1)).isTrue();
                    }
                }));
    }
}
