package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.ingest.files.InMemoryTableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checkpoints that other writers made, damaged here; skipped without {@code -Dtidemark.tables}. */
class DamagedCheckpointTest {
    private final String tables = System.getProperty("tidemark.tables", "");
    private final InMemoryTableFiles files = new InMemoryTableFiles();

    private void load(String table) throws IOException {
        assumeTrue(!tables.isEmpty(), "-Dtidemark.tables is not set");
        Path root = Path.of(tables, table);
        try (Stream<Path> all = Files.walk(root.resolve("_delta_log"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private List<String> checkpoints() throws IOException {
        return files.list("_delta_log", "").stream()
                .filter(name -> LogPaths.checkpointVersion(name).isPresent())
                .map(name -> "_delta_log/" + name)
                .toList();
    }

    private Set<FileId> live(long version) {
        Set<FileId> live = new HashSet<>();
        try (TableSnapshot snapshot = new DeltaTableLog(files).snapshot(version)) {
            snapshot.files().forEachRemaining(file -> live.add(file.id()));
        }
        return live;
    }

    private long latest() {
        return new DeltaTableLog(files).latestVersion(-1).orElseThrow();
    }

    @Test
    void aDamagedCheckpointIsLeftOutWhereTheCommitsAreStillThere() throws IOException {
        for (String table : List.of(
                "dat/with_checkpoint/delta",
                "golden/multi-part-checkpoint",
                "golden/dv-partitioned-with-checkpoint",
                "golden/v2-checkpoint-json")) {
            load(table);
            Set<FileId> whole = live(latest());
            for (String checkpoint : checkpoints()) {
                files.put(checkpoint, "damaged".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(live(latest())).as(table).isEqualTo(whole).isNotEmpty();
            for (String name : files.list("_delta_log", "")) {
                files.delete("_delta_log/" + name);
            }
        }
    }

    @Test
    void aMissingSidecarIsMadeUpForByTheCommits() throws IOException {
        load("golden/v2-checkpoint-json");
        Set<FileId> whole = live(2);
        List<String> sidecars = files.list("_delta_log/_sidecars", "");
        assertThat(sidecars).isNotEmpty();
        sidecars.forEach(name -> files.delete("_delta_log/_sidecars/" + name));

        DeltaTableLog log = new DeltaTableLog(files);
        Set<FileId> found = new HashSet<>();
        try (TableSnapshot first = log.snapshot(2)) {
            assertThatThrownBy(() -> first.files().forEachRemaining(file -> {}))
                    .isInstanceOf(TableException.class)
                    .hasMessageNotContaining("memory:");
        }
        try (TableSnapshot second = log.snapshot(2)) {
            second.files().forEachRemaining(file -> found.add(file.id()));
        }
        assertThat(found).isEqualTo(whole);
    }

    @Test
    void aSidecarOutsideTheTableIsNotOpened() throws IOException {
        load("golden/v2-checkpoint-json");
        String checkpoint = checkpoints().get(0);
        String text = new String(files.read(checkpoint, 1 << 20).orElseThrow().bytes(), StandardCharsets.UTF_8);
        String moved = text.replaceAll("\"sidecar\":\\{\"path\":\"", "\"sidecar\":{\"path\":\"../../../secret/");
        assertThat(moved).isNotEqualTo(text);
        files.put(checkpoint, moved);
        files.delete(InMemoryTableFiles.commitPath(0));

        assertThatThrownBy(() -> live(2)).isInstanceOf(TableException.class);
        assertThat(files.asked()).noneMatch(path -> path.contains("secret"));
    }

    @Test
    void aDamagedCheckpointWithoutItsCommitsIsAnError() throws IOException {
        load("golden/dv-partitioned-with-checkpoint");
        long latest = latest();
        checkpoints().forEach(path -> files.put(path, "damaged"));
        files.delete(InMemoryTableFiles.commitPath(0));

        assertThatThrownBy(() -> live(latest))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("version " + latest)
                .hasMessageNotContaining("memory:")
                .hasMessageNotContaining("\n");
    }
}
