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
    public CommitHistory plus(List<CommitEntry> newestFirst) {
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

    /** What makes one history of another where they are stored entry by entry. */
    public interface Changes {
        void put(CommitEntry entry);

        void delete(CommitEntry entry);
    }

    /**
     * Tells by what entries this differs from the history before it.
     *
     * @param added newest first; those that this was made of with {@link #plus}
     * @param anew nothing of {@code before} is in this
     */
    public void since(CommitHistory before, List<CommitEntry> added, boolean anew, Changes changes) {
        long above = anew || added.isEmpty() ? Long.MIN_VALUE : oldest(added);
        long from = oldest(entries);
        for (CommitEntry entry : before.entries()) {
            long version = entry.note().version();
            if (version >= above || version < from) {
                changes.delete(entry);
            }
        }
        for (CommitEntry entry : added) {
            if (entry.note().version() >= from) {
                changes.put(entry);
            }
        }
    }

    private static long oldest(List<CommitEntry> newestFirst) {
        return newestFirst.isEmpty()
                ? Long.MIN_VALUE
                : newestFirst.get(newestFirst.size() - 1).note().version();
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
