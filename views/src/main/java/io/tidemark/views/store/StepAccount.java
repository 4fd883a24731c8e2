package io.tidemark.views.store;

import io.tidemark.views.cube.ChangedGroups;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.HourBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step leaves in the history of versions. */
public final class StepAccount {
    /** Looking at the groups of more would cost a large step dearly, and tell little. */
    private static final int MOST_CELLS = 1 << 18;

    private StepAccount() {}

    /**
     * @param before the last step's record; null: nothing was there
     * @param added files that were not live before
     * @param removed files that were live before
     * @param notes ascending, at least one
     * @param anew true if the versions before are of another history
     * @return newest first
     */
    public static List<CommitEntry> entries(
            StateRecord before,
            CubeDelta cells,
            Flow added,
            Flow removed,
            StateRecord after,
            StepEffect.Kind kind,
            List<CommitNote> notes,
            boolean anew,
            Dictionary dictionary) {
        long to = after.position().version();
        long next = anew ? 0 : before.position().version() + 1;
        long from = kind == StepEffect.Kind.SNAPSHOT
                ? Math.min(next, to)
                : notes.get(0).version();
        StepEffect effect = new StepEffect(
                kind,
                from,
                to,
                after.appliedAt(),
                added.files(),
                removed.files(),
                added.bytes(),
                removed.bytes(),
                added.rows(),
                removed.rows(),
                cells.rows(),
                after.distinct() - (before == null ? 0 : before.distinct()),
                groups(cells, dictionary));
        List<CommitEntry> entries = new ArrayList<>();
        int oldest = Math.max(0, notes.size() - CommitHistory.MOST);
        for (int i = notes.size() - 1; i >= oldest; i--) {
            entries.add(new CommitEntry(notes.get(i), effect));
        }
        return entries;
    }

    private static Optional<ChangedGroups> groups(CubeDelta delta, Dictionary dictionary) {
        long cells = 0;
        for (HourBlock block : delta.blocks()) {
            cells += block.size();
        }
        return cells > MOST_CELLS ? Optional.empty() : Optional.of(ChangedGroups.of(delta, dictionary.view()));
    }
}
