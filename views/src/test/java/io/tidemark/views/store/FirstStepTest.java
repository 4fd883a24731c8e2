package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first step with so many distinct values that they come as a file of their own. */
class FirstStepTest {
    private static final int SESSIONS = 90_000;

    @TempDir
    Path directory;

    private final Random random = Seed.random("FirstStepTest");
    private final TableModel model = new TableModel();

    @Test
    void itsDistinctValuesCanBeTakenBackAlsoAfterARestart() {
        try (ViewStore store = TestStores.open(directory)) {
            Step step = store.begin(TestStores.METADATA);
            add(step, "a", 40_000);
            add(step, "b", 40_000);
            TestStores.commit(step, 1);
            check(store);
        }
        try (ViewStore store = TestStores.open(directory)) {
            check(store);
            assertThat(directory.resolve("rocksdb")).isDirectoryNotContaining("glob:**/entering*");
            Step step = store.begin(TestStores.METADATA);
            step.remove(TestStores.file("a"));
            model.live.remove(TestStores.file("a"));
            add(step, "c", 100);
            TestStores.commit(step, 2);
            check(store);
            step = store.begin(TestStores.METADATA);
            step.removeAllExcept(new FileIdSet());
            model.live.clear();
            TestStores.commit(step, 3);
            check(store);
            assertThat(store.database().isEmpty(Family.DISTINCT)).isTrue();
        }
    }

    @Test
    void valuesOfAFirstStepThatNeverCameCountForNothing() {
        try (ViewStore store = TestStores.open(directory)) {
            store.database().ingest(Family.DISTINCT, 1, (part, parts, file) -> {
                for (int i = 0; i < 1000; i++) {
                    byte[] key = ByteBuffer.allocate(12).putLong(i).putInt(0).array();
                    file.put(key, DistinctCount.settled(7).encode());
                }
            });
        }
        try (ViewStore store = TestStores.open(directory)) {
            assertThat(store.state()).isEmpty();
            Step step = store.begin(TestStores.METADATA);
            assertThat(store.database().isEmpty(Family.DISTINCT)).isTrue();
            add(step, "a", 30_000);
            TestStores.commit(step, 1);
            check(store);
        }
    }

    private void add(Step step, String name, int count) {
        FileId file = TestStores.file(name);
        List<Row> rows = Stream.generate(() -> Row.random(random, TestStores.DIMENSIONS, 40, SESSIONS))
                .limit(count)
                .toList();
        TestStores.add(step, file, rows);
        model.live.put(file, rows);
    }

    private void check(ViewStore store) {
        model.check(store.state().orElseThrow());
    }
}
