package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.ChangedGroups;
import io.tidemark.views.cube.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitHistoryTest {
    @TempDir
    private Path directory;

    @Test
    void whatAStepDidIsKeptWithItAndFoundAfterARestart() {
        List<CommitEntry> before;
        try (ViewStore store = TestStores.open(directory)) {
            Step first = store.begin(TestStores.METADATA);
            TestStores.add(first, TestStores.file("a"), rows(3));
            TestStores.add(first, TestStores.file("b"), rows(2));
            TestStores.commit(first, 1);
            Step second = store.begin(TestStores.METADATA);
            second.remove(TestStores.file("b"));
            TestStores.add(second, TestStores.file("c"), rows(1));
            TestStores.commit(second, 2);
            before = history(store).entries();
        }
        StepEffect effect = before.get(0).step();
        assertThat(versions(before)).containsExactly(2L, 1L);
        assertThat(effect.kind()).isEqualTo(StepEffect.Kind.COMMIT);
        assertThat(List.of(effect.from(), effect.to())).containsExactly(2L, 2L);
        assertThat(List.of(effect.filesAdded(), effect.filesRemoved())).containsExactly(1L, 1L);
        assertThat(List.of(effect.rowsAdded(), effect.rowsRemoved(), effect.events()))
                .containsExactly(1L, 2L, -1L);
        assertThat(List.of(effect.bytesAdded(), effect.bytesRemoved())).containsExactly(107L, 114L);
        assertThat(before.get(1).step().events()).isEqualTo(5);

        try (ViewStore store = TestStores.open(directory)) {
            assertThat(history(store).entries()).isEqualTo(before);
            assertThat(store.history().orElseThrow().state())
                    .isSameAs(store.state().orElseThrow());
        }
    }

    @Test
    void groupsThatChangedAreThoseWithAnotherTotal() {
        try (ViewStore store = TestStores.open(directory)) {
            Step first = store.begin(TestStores.METADATA);
            TestStores.add(first, TestStores.file("a"), rows(4));
            TestStores.commit(first, 1);
            Step same = store.begin(TestStores.METADATA);
            same.remove(TestStores.file("a"));
            TestStores.add(same, TestStores.file("b"), rows(4));
            TestStores.commit(same, 2);

            StepEffect optimize = history(store).entries().get(0).step();
            assertThat(optimize.groups()).contains(new ChangedGroups(0, List.of(0L, 0L), 0));
            assertThat(List.of(optimize.rowsAdded(), optimize.rowsRemoved())).containsExactly(4L, 4L);
            assertThat(optimize.events()).isZero();
        }
    }

    @Test
    void noMoreThanTheNewestAreKeptInMemoryAndOnDisk() {
        long last = CommitHistory.MOST + 3;
        try (ViewStore store = TestStores.open(directory)) {
            for (long version = 1; version <= last; version++) {
                TestStores.commit(store.begin(TestStores.METADATA), version);
            }
            assertThat(history(store).entries()).hasSize(CommitHistory.MOST);
            assertThat(stored(store)).isEqualTo(CommitHistory.MOST);
        }
        try (ViewStore store = TestStores.open(directory)) {
            CommitHistory history = history(store);
            assertThat(history.entries().get(0).note().version()).isEqualTo(last);
            assertThat(versions(history.page(last, 2))).containsExactly(last - 1, last - 2);
            assertThat(history.page(4, 2)).isEmpty();
        }
    }

    @Test
    void ofAnotherHistoryNothingIsKept() {
        try (ViewStore store = TestStores.open(directory)) {
            for (long version = 1; version <= 5; version++) {
                TestStores.commit(store.begin(TestStores.METADATA), version);
            }
            TestStores.commit(store.begin(TestStores.METADATA), 3, Optional.of("another"));

            assertThat(versions(history(store).entries())).containsExactly(3L);
            assertThat(stored(store)).isEqualTo(1);
        }
    }

    @Test
    void aStepThatIsGivenUpLeavesNothing() {
        try (ViewStore store = TestStores.open(directory)) {
            TestStores.commit(store.begin(TestStores.METADATA), 1);
            try (Step step = store.begin(TestStores.METADATA)) {
                TestStores.add(step, TestStores.file("a"), rows(3));
            }
            assertThat(history(store).entries()).hasSize(1);
        }
    }

    /** As a Tidemark left it that kept no history, or one that keeps another kind of entry. */
    @Test
    void aStateWithoutAHistoryThatCanBeReadOpensAndBeginsOne() {
        try (ViewStore store = TestStores.open(directory)) {
            TestStores.commit(store.begin(TestStores.METADATA), 1);
            Database database = store.database();
            try (Batch batch = new Batch(database)) {
                database.forEach(Family.META, (key, value) -> {
                    if (new String(key, StandardCharsets.UTF_8).startsWith("commit:")) {
                        batch.put(Family.META, key, new byte[] {77});
                    }
                });
                database.write(batch);
            }
        }
        try (ViewStore store = TestStores.open(directory)) {
            assertThat(history(store).entries()).isEmpty();
            assertThat(store.state().orElseThrow().version()).isEqualTo(1);
            TestStores.commit(store.begin(TestStores.METADATA), 2);
            assertThat(versions(history(store).entries())).containsExactly(2L);
        }
    }

    @Test
    void anyEntryComesBackAsItWas() {
        Random random = Seed.random("CommitHistoryTest");
        for (int i = 0; i < 1000; i++) {
            CommitEntry entry = entry(random);
            assertThat(CommitEntryCodec.decode(CommitEntryCodec.encode(entry))).isEqualTo(entry);
        }
    }

    @Test
    void aWritersTextIsKeptUpToALength() {
        CommitNote note = new CommitNote(
                1, Instant.EPOCH, Optional.of("x".repeat(5000)), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(note.operation().orElseThrow()).hasSize(200).endsWith("\u2026");
    }

    private static CommitEntry entry(Random random) {
        Optional<CommitNote.Actions> actions = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new CommitNote.Actions(random.nextInt(9), random.nextInt(9), positive(random)));
        CommitNote note =
                new CommitNote(random.nextLong(), instant(random), text(random), text(random), text(random), actions);
        Optional<ChangedGroups> groups = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new ChangedGroups(positive(random), List.of(1L, positive(random)), 0));
        StepEffect.Kind kind = StepEffect.Kind.values()[random.nextInt(3)];
        return new CommitEntry(
                note,
                new StepEffect(
                        kind,
                        random.nextInt(100),
                        random.nextLong(),
                        instant(random),
                        positive(random),
                        positive(random),
                        positive(random),
                        positive(random),
                        positive(random),
                        positive(random),
                        random.nextLong(),
                        random.nextLong(),
                        groups));
    }

    private static long positive(Random random) {
        return random.nextLong() >>> 1;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private static Optional<String> text(Random random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of("\u00e9\ud800" + random.nextInt());
    }

    private static List<Row> rows(int n) {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        while (rows.size() < n) {
            rows.add(Row.random(random, TestStores.DIMENSIONS, 5, 5));
        }
        return rows;
    }

    private static List<Long> versions(List<CommitEntry> entries) {
        return entries.stream().map(entry -> entry.note().version()).toList();
    }

    private static CommitHistory history(ViewStore store) {
        return store.history().orElseThrow().commits();
    }

    private static long stored(ViewStore store) {
        return CommitTable.load(store.database()).entries().size();
    }
}
