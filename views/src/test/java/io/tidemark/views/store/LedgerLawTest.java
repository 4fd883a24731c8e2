package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** views(V) = sum, over the files live at V, of contribution(file). */
class LedgerLawTest {

    @TempDir
    Path directory;

    private Random random;
    private ViewStore store;
    private TableModel model = new TableModel();
    private final Map<FileId, List<Row>> everKnown = new HashMap<>();
    private long writeAheadBytes;
    private PinnedFiles pinned; // null: none; of the step of heldModel
    private int names;
    private int reused;

    @Test
    void afterEveryStepAndEveryRestartTheViewsAreARecountOfTheLiveRows() {
        random = Seed.random("LedgerLawTest");
        checkHistory(StoreSettings.DEFAULT.writeAheadBytes(), 0);
        assertThat(reused).isZero();
    }

    @Test
    void soTheyAreWhenEntriesAndCountsAreWrittenAheadOfStepsThatAreCutOff() {
        random = Seed.random("LedgerLawTest ahead");
        checkHistory(300, 1);
        assertThat(reused).isPositive();
    }

    /** @param wanted files to be reused: a history goes on, to ten times its length at most, until chance has it so */
    private void checkHistory(long ahead, int wanted) {
        writeAheadBytes = ahead;
        store = TestStores.open(directory, writeAheadBytes);
        ViewState held = null;
        TableModel heldModel = null;
        long version = 0;
        for (int i = 0; i < 250 || reused < wanted && i < 2_500; i++) {
            if (random.nextInt(4) == 0) {
                abandon();
            }
            if (random.nextInt(12) == 0) {
                reopen();
            }
            TableModel after = model.copy();
            Applied applied;
            long rowsBefore = model.rows().size();
            try (Step step = store.begin(TestStores.METADATA)) {
                change(step, after);
                applied = TestStores.commit(step, ++version);
            }
            model = after;
            model.check(applied.state());
            checkFiles(model);
            assertThat(applied.delta().rows()).isEqualTo(model.rows().size() - rowsBefore);
            assertThat(store.state()).contains(applied.state());
            assertThat(store.position()).contains(TestStores.position(version));
            if (held != null) {
                heldModel.check(held);
            }
            if (pinned != null) {
                heldModel.checkFiles(pinned);
            }
            if (i % 40 == 0) {
                pin();
                held = applied.state();
                heldModel = model.copy();
            }
        }
        reopen();
        leavesNothing(version);
        store.close();
    }

    /** When every file has gone, there is no entry left of any. */
    private void leavesNothing(long version) {
        try (Step step = store.begin(TestStores.METADATA)) {
            step.removeAllExcept(new FileIdSet());
            ViewState empty = TestStores.commit(step, version + 1).state();
            new TableModel().check(empty);
        }
        store.begin(TestStores.METADATA).close(); // settles what was written ahead
        for (Family family : List.of(Family.HOURS, Family.LEDGER, Family.FILES, Family.AHEAD, Family.DISTINCT)) {
            assertThat(store.database().isEmpty(family)).as(family.toString()).isTrue();
        }
    }

    private void checkFiles(TableModel expected) {
        try (PinnedFiles files = store.pin().orElseThrow()) {
            expected.check(files.state());
            expected.checkFiles(files);
        }
    }

    /** Holds the newest state and its files, in place of what was held before. */
    private void pin() {
        if (pinned != null) {
            pinned.close();
        }
        pinned = store.pin().orElseThrow();
    }

    private void reopen() {
        Optional<ViewState> before = store.state();
        store.close();
        pinned = null;
        store = TestStores.open(directory, writeAheadBytes);
        assertThat(store.state().isPresent()).isEqualTo(before.isPresent());
        before.ifPresent(state -> {
            ViewState after = store.state().orElseThrow();
            model.check(after);
            checkFiles(model);
            assertThat(after.epoch()).isEqualTo(state.epoch());
            assertThat(after.version()).isEqualTo(state.version());
            assertThat(after.committedAt()).isEqualTo(state.committedAt());
            assertThat(after.appliedAt()).isEqualTo(state.appliedAt());
            assertThat(after.metadata()).isEqualTo(state.metadata());
        });
    }

    /** A step that is given up shows nothing, now or after a restart. */
    private void abandon() {
        Optional<ViewState> before = store.state();
        try (Step step = store.begin(TestStores.METADATA)) {
            change(step, model.copy());
            if (random.nextInt(5) == 0) {
                pinned = null;
                store.close(); // as a process that is stopped in the middle
                store = TestStores.open(directory, writeAheadBytes);
                before.ifPresent(state -> model.check(store.state().orElseThrow()));
                return;
            }
        }
        assertThat(store.state()).isEqualTo(before);
    }

    private void change(Step step, TableModel after) {
        List<FileId> live = new ArrayList<>(model.live.keySet());
        int kind = random.nextInt(20);
        if (kind == 0) {
            reconcile(step, after, live);
            return;
        }
        for (int i = random.nextInt(kind == 1 ? 30 : 4); i > 0; i--) {
            add(step, after, new FileId("part-" + names++ + ".parquet", Optional.empty()), TestStores.rows(random, 20));
        }
        for (int i = random.nextInt(3); i > 0 && !live.isEmpty(); i--) {
            FileId file = live.remove(random.nextInt(live.size()));
            List<Row> rows = remove(step, after, file);
            switch (random.nextInt(5)) {
                case 0 -> add(step, after, new FileId("rewritten-" + names++, Optional.empty()), rows);
                case 1 ->
                    add(
                            step,
                            after,
                            new FileId(
                                    file.path(),
                                    Optional.of(names % 2 == 0 ? "udv" + names++ + "@7" : "idv" + names++)),
                            rows.subList(0, rows.size() / 2));
                case 2 -> add(step, after, file, rows);
                default -> assertThat(step.remove(file)).isFalse();
            }
        }
        for (Map.Entry<FileId, List<Row>> known : everKnown.entrySet()) {
            if (random.nextInt(10) == 0 && !after.live.containsKey(known.getKey())) {
                if (!model.live.containsKey(known.getKey())) {
                    assertThat(step.isLive(known.getKey())).isFalse();
                    assertThat(step.remove(known.getKey())).isFalse();
                }
                add(step, after, known.getKey(), known.getValue());
                break;
            }
        }
        if (!live.isEmpty()) {
            FileId file = live.get(0);
            assertThat(step.isLive(file)).isTrue();
            assertThatThrownBy(() -> TestStores.add(step, file, List.of())).isInstanceOf(IllegalStateException.class);
        }
    }

    private void reconcile(Step step, TableModel after, List<FileId> live) {
        FileIdSet snapshot = new FileIdSet();
        for (FileId file : live) {
            if (random.nextInt(3) == 0) {
                after.live.remove(file);
            } else {
                snapshot.add(file);
            }
        }
        FileId added = new FileId("part-" + names++ + ".parquet", Optional.empty());
        snapshot.add(added);
        add(step, after, added, TestStores.rows(random, 50));
        step.removeAllExcept(snapshot);
    }

    private List<Row> remove(Step step, TableModel after, FileId file) {
        assertThat(step.remove(file)).isTrue();
        return after.live.remove(file);
    }

    private void add(Step step, TableModel after, FileId file, List<Row> rows) {
        List<Row> same = everKnown.computeIfAbsent(file, f -> rows);
        if (step.reuse(file)) {
            reused++;
        } else {
            TestStores.add(step, file, same);
        }
        after.live.put(file, same);
        assertThatThrownBy(() -> TestStores.add(step, file, same)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step.remove(file)).isInstanceOf(IllegalStateException.class);
    }
}
