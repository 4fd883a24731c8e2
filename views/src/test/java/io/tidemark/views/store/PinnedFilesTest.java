package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedFilesTest {
    private static final int STEPS = 300;
    private static final int READERS = 3;

    @TempDir
    Path directory;

    private final Random random = Seed.random("PinnedFilesTest");
    private final Map<Long, TableModel> models = new ConcurrentHashMap<>();

    @Test
    void thereIsNothingToPinBeforeTheFirstStep() {
        try (ViewStore store = TestStores.open(directory)) {
            assertThat(store.pin()).isEmpty();
        }
    }

    @Test
    void aStateAndItsFilesAreOfOneVersionWhateverTheWriterDoesMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        // Small: nearly every step writes ahead.
        try (ViewStore store = TestStores.open(directory, 500)) {
            List<Future<Integer>> checks = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                checks.add(readers.submit(reader(store, done)));
            }
            try {
                write(store, STEPS);
            } finally {
                done.set(true);
            }
            for (Future<Integer> check : checks) {
                assertThat(check.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private Callable<Integer> reader(ViewStore store, AtomicBoolean done) {
        return () -> {
            int checked = 0;
            boolean last;
            do {
                last = done.get();
                try (PinnedFiles pinned = store.pin().orElse(null)) {
                    if (pinned != null) {
                        TableModel model = models.get(pinned.state().version());
                        model.check(pinned.state());
                        model.checkFiles(pinned);
                        checked++;
                    }
                }
            } while (!last);
            return checked;
        };
    }

    private void write(ViewStore store, int steps) {
        TableModel model = new TableModel();
        for (long version = 1; version <= steps; version++) {
            var before = List.copyOf(model.live.keySet());
            model = model.copy();
            try (Step step = store.begin(TestStores.METADATA)) {
                for (int i = random.nextInt(12); i >= 0; i--) {
                    var file = TestStores.file("v" + version + "-" + i);
                    List<Row> rows = TestStores.rows(random, 10);
                    TestStores.add(step, file, rows);
                    model.live.put(file, rows);
                }
                for (var file : before) {
                    if (model.live.size() > 30) {
                        assertThat(step.remove(file)).isTrue();
                        model.live.remove(file);
                    }
                }
                models.put(version, model);
                TestStores.commit(step, version);
            }
        }
    }

    @Test
    void whatIsStillPinnedWhenTheStoreClosesSaysSo() {
        ViewStore store = TestStores.open(directory);
        write(store, 3);
        PinnedFiles pinned = store.pin().orElseThrow();
        PinnedFiles walked = store.pin().orElseThrow();

        // Closed in the middle of a walk, by the walker itself.
        List<LiveFile> seen = new ArrayList<>();
        assertThatThrownBy(() -> walked.forEach(file -> {
                    seen.add(file);
                    store.close();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(seen).isNotEmpty();

        assertThatThrownBy(() -> pinned.forEach(file -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::pin).isInstanceOf(IllegalStateException.class);
        assertThat(pinned.state().version()).isEqualTo(3);
        pinned.close();
        pinned.close();
        walked.close();
    }

    @Test
    void closingTheStoreUnderManyWalksEndsThemAndNotTheProcess() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            for (int round = 0; round < 10; round++) {
                ViewStore store = TestStores.open(directory.resolve("round" + round));
                write(store, 5);
                List<Future<Integer>> walks = new ArrayList<>();
                for (int i = 0; i < READERS; i++) {
                    walks.add(readers.submit(() -> walkUntilClosed(store)));
                }
                Thread.yield();
                store.close();
                for (Future<Integer> walk : walks) {
                    assertThat(walk.get(60, TimeUnit.SECONDS)).isNotNegative();
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static int walkUntilClosed(ViewStore store) {
        for (int walks = 0; ; walks++) {
            try (PinnedFiles pinned = store.pin().orElseThrow()) {
                pinned.forEach(file -> {});
            } catch (IllegalStateException e) {
                return walks;
            }
        }
    }

    @Test
    void aListThatIsNotWholeIsNoticed() {
        try (ViewStore store = TestStores.open(directory)) {
            write(store, 2);
            byte[] key = FileKey.of(TestStores.file("v2-0")).bytes();
            try (Batch batch = store.newBatch()) {
                batch.delete(Family.FILES, key);
                store.database().write(batch);
            }
            try (PinnedFiles pinned = store.pin().orElseThrow()) {
                assertThatThrownBy(() -> pinned.forEach(file -> {}))
                        .isInstanceOf(DamagedStateException.class)
                        .hasMessageContaining("live files");
            }
        }
    }

    @Test
    void aStateOfTheFormatBeforeIsRefusedAndLeftAsItIs() throws Exception {
        Path rocks = directory.resolve("rocksdb");
        OlderStores.make(rocks, "identity".getBytes(StandardCharsets.UTF_8), new byte[] {1, 0});

        assertThatThrownBy(() -> TestStores.open(directory))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("format 1")
                .hasMessageContaining("format 2")
                .hasMessageContaining("--state-dir");
        assertThat(OlderStores.families(rocks)).isEqualTo(OlderStores.FAMILIES.size());
    }

    @Test
    void aStateWhoseMakingWasCutOffIsMadeAnew() throws Exception {
        OlderStores.make(directory.resolve("rocksdb"), new byte[] {1}, new byte[] {});
        // What it holds is not the record of what it is of: as if it had not come so far.
        assertThatThrownBy(() -> TestStores.open(directory)).isInstanceOf(DamagedStateException.class);

        Path empty = directory.resolve("empty");
        OlderStores.make(empty.resolve("rocksdb"), null, null);
        TestStores.open(empty).close();
    }
}
