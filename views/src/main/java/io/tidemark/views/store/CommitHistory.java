package io.tidemark.views.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The versions that were taken up lately, as of one state: the newest is that state's. Immutable and bounded. All are of the
 * state's epoch: of another history, nothing is kept.
 *
 * @param entries newest first; unmodifiable. Versions may be missing: those that a snapshot went past
 */
public record CommitHistory(List<CommitEntry> entries) {
    /** How many versions are kept. */
    public static final int MOST = 1000;

    public static final CommitHistory NONE = new CommitHistory(List.of());

    public CommitHistory {
        entries = List.copyOf(entries);
    }

    /** Goes on by a step. What is there of its own versions is replaced. */
    CommitHistory plus(List<CommitEntry> newestFirst) {
        List<CommitEntry> all = new ArrayList<>(newestFirst.subList(0, Math.min(MOST, newestFirst.size())));
        long oldest = newestFirst.isEmpty()
                ? Long.MAX_VALUE
                : newestFirst.get(newestFirst.size() - 1).note().version();
        for (CommitEntry entry : entries) {
            if (all.size() == MOST) {
                break;
            }
            if (entry.note().version() < oldest) {
                all.add(entry);
            }
        }
        return new CommitHistory(all);
    }

    /**
     * Some of it, newest first.
     *
     * @param before only versions below this one
     */
    public List<CommitEntry> page(long before, int limit) {
        return entries.stream()
                .filter(entry -> entry.note().version() < before)
                .limit(limit)
                .toList();
    }
}
