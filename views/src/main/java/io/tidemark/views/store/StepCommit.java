package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.Cube;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a step leaves, and how it goes into a store: all of it in one batch.
 *
 * @param position after it
 * @param metadata the table's after it
 * @param epoch a new one, if what was stored before is of another history; empty: the one before goes on
 * @param notes on the commits that it follows; at least one
 */
record StepCommit(
        StepChanges changes,
        Position position,
        TableMetadata metadata,
        Optional<String> epoch,
        StepEffect.Kind kind,
        List<CommitNote> notes) {

    /** @throws TooLargeException if the views would take too much of the heap; nothing was written */
    Applied into(ViewStore store) {
        Stored last = store.last().orElse(null);
        ViewState before = last == null ? null : last.state();
        boolean anew = before == null || epoch.isPresent();
        Cube cube = after(before == null ? Cube.empty() : before.cube());
        store.requireRoom(cube);
        try (Batch batch = store.newBatch()) {
            StateRecord record = record(before, totals(before, batch), cube);
            Hours.write(cube, changes.cells(), batch);
            changes.entries().write(batch);
            MetaTable.write(batch, record, before == null || !metadata.equals(before.metadata()) ? metadata : null);
            CommitHistory earlier = last == null ? CommitHistory.NONE : last.commits();
            List<CommitEntry> added = StepAccount.entries(
                    last == null ? null : last.record(),
                    changes.cells(),
                    changes.added(),
                    changes.removed(),
                    record,
                    kind,
                    notes,
                    anew,
                    store.dictionary());
            CommitHistory commits = (anew ? CommitHistory.NONE : earlier).plus(added);
            CommitTable.write(batch, earlier, added, commits, anew);
            return new Applied(store.write(batch, record, metadata, cube, commits), changes.cells(), anew);
        }
    }

    private StateRecord record(ViewState before, Totals totals, Cube cube) {
        return new StateRecord(
                position,
                epoch.or(() -> Optional.ofNullable(before).map(ViewState::epoch))
                        .orElseGet(StepCommit::newEpoch),
                notes.get(notes.size() - 1).committedAt(),
                Instant.now(),
                totals.distinct(),
                totals.files(),
                totals.bytes(),
                cube.size(),
                cube.rows());
    }

    private Cube after(Cube before) {
        try {
            return before.plus(changes.cells());
        } catch (IllegalStateException e) {
            throw Remedy.damaged("more rows would be taken back than there are", e);
        }
    }

    private Totals totals(ViewState before, Batch batch) {
        Totals totals = before == null ? Totals.NONE : new Totals(before.distinct(), before.files(), before.bytes());
        long moreDistinct = changes.distinct().write(batch);
        try {
            return totals.plus(moreDistinct, changes.added(), changes.removed());
        } catch (IllegalStateException e) {
            throw Remedy.damaged(e.getMessage(), e);
        }
    }

    private static String newEpoch() {
        return UUID.randomUUID().toString().substring(0, 18);
    }
}
