package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapShareTest {
    private static final int SMALL = 300_000;
    private static final List<Row> FEW = many(5, i -> new Row(i, List.of("web", "t" + i), "s" + i));

    @TempDir
    Path directory;

    private static List<Row> many(int n, IntFunction<Row> row) {
        return IntStream.range(0, n).mapToObj(row).toList();
    }

    private ViewStore open(long heap, long writeAheadBytes) {
        return ViewStore.open(
                directory,
                TestStores.SPEC,
                TestStores.TABLE,
                new StoreSettings(writeAheadBytes, 1_500_000, TestStores::metadata, heap));
    }

    private static Applied commit(ViewStore store, long version, List<Row> rows) {
        try (Step step = store.begin(TestStores.METADATA)) {
            TestStores.add(step, TestStores.file("file-" + version), rows);
            return TestStores.commit(step, version);
        }
    }

    @Test
    void valuesThatDoNotFitAreRefusedByTheNameOfTheirDimensionAndTheLastVersionStays() {
        try (ViewStore store = open(SMALL, 8 << 20)) {
            Applied before = commit(store, 1, FEW);

            assertThatThrownBy(() -> commit(store, 2, many(3000, i -> new Row(7, List.of("web", "x" + i), null))))
                    .isInstanceOf(TooLargeException.class)
                    .hasMessageContaining("dimension 'type' (column 'event_type') would have at least")
                    .hasMessageContaining("-Xmx")
                    .hasMessageContaining("TIDEMARK_DIMENSIONS");

            assertThat(store.state()).contains(before.state());
        }
    }

    @Test
    void hoursThatDoNotFitAreRefusedByTheNameOfTheTimeColumn() {
        try (ViewStore store = open(SMALL, 8 << 20)) {
            assertThatThrownBy(() -> commit(store, 1, many(3000, i -> new Row(i, List.of("web", "view"), null))))
                    .isInstanceOf(TooLargeException.class)
                    .hasMessageContaining("column 'timestamp' would have some 3,000 different hours");
        }
    }

    @Test
    void aTableThatIsTooLargeIsServedWhenTheHeapIsLargerAndNotOpenedWhenItIsSmallerAgain() {
        List<Row> large = many(3000, i -> new Row(i, List.of("web", "x" + i), "s" + i));
        try (ViewStore store = open(SMALL, 1 << 10)) {
            assertThatThrownBy(() -> commit(store, 1, large)).isInstanceOf(TooLargeException.class);
        }
        try (ViewStore store = open(100 << 20, 1 << 10)) {
            assertThat(commit(store, 1, large).state().cube().rows()).isEqualTo(3000);
            assertThat(store.heapBytes()).isBetween(3000L * 200, store.mostHeapBytes());
        }
        assertThatThrownBy(() -> open(SMALL, 1 << 10))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("-Xmx");
    }

    @Test
    void aRefusedStepLeavesNothingBehindThatTakesTheRoomOfTheNextOnes() {
        Random random = Seed.random("HeapShareTest");
        TableModel model = new TableModel();
        int refused = 0;
        ViewStore store = open(SMALL, 1 << 10);
        for (int version = 0; version < 120; version++) {
            Optional<Combinations> known = store.state().map(ViewState::combinations);
            boolean tooLarge = random.nextInt(4) == 0;
            int round = version;
            List<Row> rows = TestStores.rows(random, 20);
            try (Step step = store.begin(TestStores.METADATA)) {
                TestStores.add(step, TestStores.file("file-" + version), rows);
                if (tooLarge) {
                    refused++;
                    assertThatThrownBy(() -> addInPieces(step, round)).isInstanceOf(TooLargeException.class);
                } else {
                    model.live.put(TestStores.file("file-" + version), rows);
                    TestStores.commit(step, version);
                }
            }
            if (random.nextInt(6) == 0) {
                store.close();
                store = open(SMALL, 1 << 10);
            }
            if (!model.live.isEmpty()) {
                model.check(store.state().orElseThrow());
            }
            if (tooLarge) {
                assertThat(sizes(store.state().map(ViewState::combinations))).isEqualTo(sizes(known));
            }
        }
        store.close();
        assertThat(refused).isPositive();
    }

    /** Values that nobody has seen before, in files of which the first ones are written ahead. */
    private static void addInPieces(Step step, int round) {
        for (int piece = 0; piece < 100; piece++) {
            String unique = round + "-" + piece + "-";
            TestStores.add(
                    step,
                    TestStores.file("large-" + unique),
                    many(100, i -> new Row(3, List.of("c" + unique, "x" + unique + i), null)));
        }
    }

    private static Map<String, Integer> sizes(Optional<Combinations> known) {
        return Map.of(
                "values", known.map(k -> k.values(1)).orElse(1),
                "combinations", known.map(Combinations::size).orElse(0));
    }
}
