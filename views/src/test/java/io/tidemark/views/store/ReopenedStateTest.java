package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose disk failed under it. */
class ReopenedStateTest {
    @TempDir
    Path directory;

    private final Random random = Seed.random("ReopenedStateTest");
    private final TableModel model = new TableModel();
    private ViewStore store;

    @BeforeEach
    void aStoreWithAStep() {
        store = TestStores.open(directory);
        add("a", 1);
    }

    @Test
    void afterAWriteThatFailedItIsOpenedAnewAndGoesOnWhereItWas() {
        PinnedFiles pinned = store.pin().orElseThrow();
        failToWrite();

        add("b", 2);
        model.check(store.state().orElseThrow());
        assertThatThrownBy(() -> pinned.forEach(file -> {}))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("Ask again");
        assertThat(store.pins()).isZero();
        pinned.close();
        reopen();
        model.check(store.state().orElseThrow());
        store.close();
    }

    @Test
    void whatVanishedIsBuiltAnewAndTheOldIsShownUntilThen() throws IOException {
        deleteAll(directory.resolve("rocksdb"));
        failToWrite();

        assertThatThrownBy(() -> store.begin(TestStores.METADATA))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("opened anew")
                .hasMessageNotContaining(directory.toString());
        assertThat(store.position()).isEmpty();
        model.check(store.state().orElseThrow());

        model.live.clear();
        add("c", 7);
        assertThat(store.state().orElseThrow().version()).isEqualTo(7);
        reopen();
        model.check(store.state().orElseThrow());
        store.close();
    }

    @Test
    void aDirectoryThatCannotBeOpenedIsTriedAgainWithEveryStepAndIsNotNamedToClients() throws IOException {
        failToWrite();
        Path away = directory.resolve("away");
        Files.move(directory.resolve("rocksdb"), away);
        Files.writeString(directory.resolve("rocksdb"), "not a directory");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.begin(TestStores.METADATA))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("The state directory cannot be written")
                    .hasMessageNotContaining(directory.toString());
            model.check(store.state().orElseThrow());
            assertThat(store.bytes()).isNotNegative();
            store.pin().orElseThrow().close(); // what is there can still be read
        }
        Files.delete(directory.resolve("rocksdb"));
        Files.move(away, directory.resolve("rocksdb"));

        add("b", 2);
        model.check(store.state().orElseThrow());
        store.close();
    }

    @Test
    void damageThatAReaderMeetsStopsTheNextStepUntilAllIsSetAside() throws IOException {
        for (int i = 0; i < 3; i++) {
            add("more" + i, 2 + i);
        }
        reopen();
        flipTables();
        try (PinnedFiles pinned = store.pin().orElseThrow()) {
            assertThatThrownBy(() -> pinned.forEach(file -> {})).isInstanceOf(DamagedStateException.class);
        }
        assertThatThrownBy(() -> store.begin(TestStores.METADATA)).isInstanceOf(DamagedStateException.class);

        store.startAnew();
        assertThat(store.position()).isEmpty();
        model.check(store.state().orElseThrow());
        model.live.clear();
        add("c", 9);
        model.check(store.state().orElseThrow());
        store.close();
        try (Stream<Path> kept = Files.list(directory)) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> name.startsWith(SetAside.PREFIX))
                    .singleElement()
                    .asString()
                    .matches("rocksdb-damaged-\\d{8}T\\d{6}\\.\\d{3}Z");
        }
    }

    private void add(String name, long version) {
        List<Row> rows = TestStores.rows(random, 100);
        Step step = store.begin(TestStores.METADATA);
        TestStores.add(step, TestStores.file(name), rows);
        TestStores.commit(step, version);
        model.live.put(TestStores.file(name), rows);
    }

    private void reopen() {
        store.close();
        store = TestStores.open(directory);
    }

    /** As a disk does. */
    private void failToWrite() {
        assertThatThrownBy(() -> store.database().ingest(Family.DISTINCT, 1, (part, parts, file) -> {
                    throw new StateException("no");
                }))
                .isInstanceOf(StateException.class);
    }

    private void flipTables() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length / 2; i += 16) {
                    bytes[i] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
