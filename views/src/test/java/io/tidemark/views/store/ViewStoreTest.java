package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewStoreTest {
    private static final List<Row> ROWS = List.of(new Row(5, List.of("web", "view"), "s1"));

    @TempDir
    Path directory;

    @Test
    void aNewDirectoryHasNoStateUntilTheFirstStep() {
        try (ViewStore store = TestStores.open(directory.resolve("not/there/yet"))) {
            assertThat(store.state()).isEmpty();
            assertThat(store.position()).isEmpty();
        }
        try (ViewStore store = TestStores.open(directory.resolve("not/there/yet"))) {
            assertThat(store.state()).isEmpty();
        }
    }

    @Test
    void theEpochStaysUntilAnotherIsGivenAndThenSubscribersAreTold() {
        try (ViewStore store = TestStores.open(directory)) {
            Applied first = TestStores.commit(store.begin(TestStores.METADATA), 1);
            Applied second = TestStores.commit(store.begin(TestStores.METADATA), 2);
            Applied third = TestStores.commit(store.begin(TestStores.METADATA), 0, Optional.of("another"));

            assertThat(first.newEpoch()).isTrue();
            assertThat(first.state().epoch()).isNotEmpty();
            assertThat(second.newEpoch()).isFalse();
            assertThat(second.state().epoch()).isEqualTo(first.state().epoch());
            assertThat(third.newEpoch()).isTrue();
            assertThat(third.state().epoch()).isEqualTo("another");
        }
    }

    @Test
    void whatItTakesBesideTheHeapIsToldAndEndsWithIt() {
        ViewStore store = TestStores.open(directory);
        try (store) {
            TestStores.commit(store.begin(TestStores.METADATA), 1);
            NativeMemory memory = store.nativeMemory();
            assertThat(memory.cacheLimit()).isEqualTo(DatabaseOptions.CACHE_BYTES);
            assertThat(memory.cache()).isBetween(1L, memory.cacheLimit());
            assertThat(memory.writeBuffers()).isBetween(1L, memory.cache());
        }
        assertThat(store.nativeMemory()).isEqualTo(NativeMemory.NONE);
    }

    @Test
    void aSecondOpenOfTheSameDirectoryIsToldThatItIsInUse() {
        try (ViewStore store = TestStores.open(directory)) {
            assertThatThrownBy(() -> TestStores.open(directory))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("in use by another Tidemark process")
                    .hasMessageContaining("--state-dir");
            TestStores.commit(store.begin(TestStores.METADATA), 1);
        }
        TestStores.open(directory).close();
    }

    @Test
    void aDirectoryOfAnotherTableOrCubeIsRefusedAndBothAreNamed() {
        TestStores.open(directory).close();
        CubeSpec other = new CubeSpec(Optional.empty(), List.of(new Dimension("land", "country")), Optional.empty());

        assertThatThrownBy(() -> ViewStore.open(directory, TestStores.SPEC, "s3://bucket/orders"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("s3://bucket/orders")
                .hasMessageContaining(TestStores.TABLE)
                .hasMessageContaining("--state-dir");
        assertThatThrownBy(() -> ViewStore.open(directory, other, TestStores.TABLE))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("land=country")
                .hasMessageContaining("channel,type=event_type");
        TestStores.open(directory).close();
    }

    @Test
    void aDirectoryOfAnotherFormatIsRefusedAndBothAreNamed() {
        try (ViewStore store = TestStores.open(directory);
                Batch batch = store.newBatch()) {
            batch.put(Family.META, "identity".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[] {99, 1});
            store.database().write(batch);
        }
        assertThatThrownBy(() -> TestStores.open(directory))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("format 2");
    }

    @Test
    void aStateWithPartsThatAreNotKnownIsOfANewerTidemarkAndStaysWhereItIs() throws Exception {
        TestStores.open(directory).close();
        OlderStores.addFamily(directory.resolve("rocksdb"), "something-new");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ViewStore.openOrStartAnew(
                            directory,
                            TestStores.SPEC,
                            TestStores.TABLE,
                            why -> assertThat(why).as("set aside").isNull()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("written by a newer Tidemark")
                    .hasMessageContaining("--state-dir");
        }
        assertThat(directory.resolve("rocksdb")).isNotEmptyDirectory();
    }

    @Test
    void aPathThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> TestStores.open(file))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("--state-dir");
    }

    @Test
    void oneStepAtATimeAndNoneAfterItsEnd() {
        try (ViewStore store = TestStores.open(directory)) {
            Step step = store.begin(TestStores.METADATA);
            assertThatThrownBy(() -> store.begin(TestStores.METADATA)).isInstanceOf(IllegalStateException.class);
            step.close();
            assertThatThrownBy(() -> step.isLive(TestStores.file("a"))).isInstanceOf(IllegalStateException.class);
            store.begin(TestStores.METADATA).close();
        }
    }

    @Test
    void aFileThatIsLiveUnderAnotherDeletionVectorIsAnotherFile() {
        try (ViewStore store = TestStores.open(directory)) {
            Step first = store.begin(TestStores.METADATA);
            TestStores.add(first, TestStores.file("a"), ROWS);
            TestStores.commit(first, 1);

            try (Step step = store.begin(TestStores.METADATA)) {
                assertThat(step.isLive(TestStores.file("a"))).isTrue();
                assertThat(step.isLive(new io.tidemark.ingest.log.FileId("a", Optional.of(""))))
                        .isFalse();
            }
        }
    }

    @Test
    void countsThatTheLedgerTakesBackTwiceAreNoticedAndNothingIsShown() {
        try (ViewStore store = TestStores.open(directory)) {
            Step first = store.begin(TestStores.METADATA);
            TestStores.add(first, TestStores.file("a"), ROWS);
            TestStores.commit(first, 1);
            copyEntry(store, TestStores.file("a"), TestStores.file("b"));
            ViewState before = store.state().orElseThrow();

            Step step = store.begin(TestStores.METADATA);
            step.remove(TestStores.file("a"));
            step.remove(TestStores.file("b"));
            assertThatThrownBy(() -> TestStores.commit(step, 2))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("damaged");
            assertThat(store.state()).containsSame(before);
        }
    }

    private static void copyEntry(
            ViewStore store, io.tidemark.ingest.log.FileId from, io.tidemark.ingest.log.FileId to) {
        try (Batch batch = store.newBatch()) {
            byte[] entry = store.database().get(Family.LEDGER, FileKey.of(from).bytes());
            batch.put(Family.LEDGER, FileKey.of(to).bytes(), entry);
            store.database().write(batch);
        }
    }

    @Test
    void bytesOnDiskGrowAndMayBeAskedForAfterClosing() {
        ViewStore store = TestStores.open(directory);
        long before = store.bytes();
        Random random = Seed.random("ViewStoreTest");
        try (Step step = store.begin(TestStores.METADATA)) {
            for (int i = 0; i < 200; i++) {
                TestStores.add(step, TestStores.file("f" + i), TestStores.rows(random, 50));
            }
            TestStores.commit(step, 1);
        }
        assertThat(store.bytes()).isGreaterThan(before + 10_000);
        store.close();
        assertThat(store.bytes()).isPositive();
        store.close();
    }
}
