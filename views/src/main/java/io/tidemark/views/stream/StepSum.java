package io.tidemark.views.stream;

import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.store.DistinctTally;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.Flow;
import io.tidemark.views.store.HashSums;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.LiveFileCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a step, summed: those that come, less those that go. */
final class StepSum {
    /** Of distinct values that changed; beyond it they are written before the end of the step, of the same transaction. */
    private static final int MOST_IN_MEMORY = 500_000;

    private final MergeShelf shelf;
    private final Dictionary dictionary;
    private final CubeDelta.Builder cells = new CubeDelta.Builder();
    private final DistinctTally tally = new DistinctTally();
    private final Map<FileKey, Optional<byte[]>> files = new LinkedHashMap<>();
    private HashSums distinct = new HashSums();
    private Flow added = Flow.NONE;
    private Flow removed = Flow.NONE;
    private boolean wrote;

    StepSum(MergeShelf shelf, Dictionary dictionary) {
        this.shelf = shelf;
        this.dictionary = dictionary;
    }

    /** @throws IllegalArgumentException if the counts break their rules */
    void take(FileShare share, boolean comes) {
        Contribution contribution =
                dictionary.intern(share.counts(), share.file().size());
        FileKey key = FileKey.of(share.file().id());
        if (comes) {
            cells.add(contribution);
            added = added.plus(contribution);
            files.put(key, Optional.of(LiveFileCodec.encode(LiveFile.of(share.file(), contribution))));
        } else {
            cells.subtract(contribution);
            removed = removed.plus(contribution);
            files.put(key, Optional.empty());
        }
        distinct.add(contribution.distinct(), comes ? 1 : -1);
        if (distinct.held() >= MOST_IN_MEMORY) {
            writeDistinct();
        }
    }

    /** @throws IllegalStateException if a value would be held by less than no files */
    void writeDistinct() {
        wrote = true;
        distinct.sum()
                .forEach((high, low, change) -> shelf.setFiles(high, low, tally.after(shelf.files(high, low), change)));
        distinct = new HashSums();
    }

    /** True if something was written already: then the transaction must not be committed without the rest. */
    boolean wrote() {
        return wrote;
    }

    /** By how many distinct values there are more, as far as they are written. */
    long moreDistinct() {
        return tally.grown();
    }

    CubeDelta cells() {
        return cells.build();
    }

    Flow added() {
        return added;
    }

    Flow removed() {
        return removed;
    }

    /** The files that changed, as they are after the step; empty: live no longer. */
    Map<FileKey, Optional<byte[]>> files() {
        return files;
    }
}
