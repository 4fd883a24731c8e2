package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of so many files that neither their entries nor their distinct values are kept in memory. */
class LargeStepTest {
    private static final int FILES = 20_000;
    private static final int SESSIONS = 30_000;
    private static final StoreSettings SMALL = new StoreSettings(200_000, 5_000, TestStores::metadata);

    @TempDir
    Path directory;

    private final Random random = Seed.random("LargeStepTest");
    private final TableModel model = new TableModel();

    @Test
    void itsFilesAndCountsAreThoseOfTheModelAlsoAfterARestartAndAfterBeingCutOff() {
        try (ViewStore store = open()) {
            Step cutOff = store.begin(TestStores.METADATA);
            addAll(cutOff, 0, FILES / 2);
            assertThat(store.database().isEmpty(Family.AHEAD)).isFalse();
            assertThat(store.database().isEmpty(Family.DISTINCT)).isFalse();
            assertThat(store.pin()).isEmpty();
        }
        try (ViewStore store = open()) {
            Step step = store.begin(TestStores.METADATA);
            assertThat(store.database().isEmpty(Family.DISTINCT)).as("settled").isTrue();
            int reused = addAll(step, 0, FILES);
            assertThat(reused).isGreaterThan(FILES / 4);
            TestStores.commit(step, 1);
        }
        try (ViewStore store = open()) {
            check(store);
            Step step = store.begin(TestStores.METADATA);
            removeAndAdd(step);
            TestStores.commit(step, 2);
        }
        try (ViewStore store = open()) {
            check(store);
            Step step = store.begin(TestStores.METADATA);
            step.removeAllExcept(new FileIdSet());
            model.live.clear();
            TestStores.commit(step, 3);
            check(store);
            store.begin(TestStores.METADATA).close();
            for (Family family : List.of(Family.LEDGER, Family.FILES, Family.AHEAD, Family.DISTINCT, Family.HOURS)) {
                assertThat(store.database().isEmpty(family))
                        .as(family.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void ofAnotherTableOrSchemaReusesNothingThatWasLeftOverUnderTheSameNames() {
        TableMetadata first = TestStores.METADATA;
        for (TableMetadata next : List.of(
                new TableMetadata("table-2", first.schemaString(), List.of(), List.of("day"), Map.of(), false),
                new TableMetadata(first.id(), "{ }", List.of(), List.of("day"), Map.of(), false),
                new TableMetadata(first.id(), first.schemaString(), List.of(), List.of(), Map.of(), false),
                new TableMetadata(first.id(), first.schemaString(), List.of(), List.of("day"), Map.of(), true))) {
            try (ViewStore store = open()) {
                addAll(store.begin(first), 0, FILES / 10);
                assertThat(store.database().isEmpty(Family.AHEAD)).isFalse();
            }
            try (ViewStore store = open()) {
                Step step = store.begin(next);
                assertThat(store.database().isEmpty(Family.AHEAD)).isTrue();
                assertThat(store.database().isEmpty(Family.LEDGER)).isTrue();
                assertThat(step.reuse(TestStores.file("part-0"))).isFalse();
                step.close();
            }
        }
    }

    private ViewStore open() {
        return ViewStore.open(directory, TestStores.SPEC, TestStores.TABLE, SMALL);
    }

    private int addAll(Step step, int from, int to) {
        int reused = 0;
        for (int i = from; i < to; i++) {
            FileId file = TestStores.file("part-" + i);
            List<Row> rows = rows(i);
            if (step.reuse(file)) {
                reused++;
            } else {
                TestStores.add(step, file, rows);
            }
            model.live.put(file, rows);
        }
        return reused;
    }

    private void removeAndAdd(Step step) {
        FileIdSet kept = new FileIdSet();
        for (FileId file : List.copyOf(model.live.keySet())) {
            if (random.nextInt(3) == 0) {
                model.live.remove(file);
            } else {
                kept.add(file);
            }
        }
        addAll(step, FILES, FILES + FILES / 4);
        for (int i = FILES; i < FILES + FILES / 4; i++) {
            kept.add(TestStores.file("part-" + i));
        }
        step.removeAllExcept(kept);
    }

    private void check(ViewStore store) {
        try (PinnedFiles pinned = store.pin().orElseThrow()) {
            model.check(pinned.state());
            model.checkFiles(pinned);
        }
    }

    /** The same for the same number, as a file's name stands for its bytes. */
    private static List<Row> rows(int number) {
        Random of = new Random(number);
        return java.util.stream.Stream.generate(() -> Row.random(of, TestStores.DIMENSIONS, 40, SESSIONS))
                .limit(1 + of.nextInt(3))
                .toList();
    }
}
