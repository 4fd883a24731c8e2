package io.tidemark.views.query;

import io.tidemark.views.contribution.HashSet128;
import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.HourBlock;
import java.util.List;
import java.util.function.LongPredicate;

/** What scanned files come to. For one thread; closed when it was made into a state. */
final class ScannedSum implements AutoCloseable {
    private final Dictionary dictionary;
    private final LongPredicate hours;
    private final boolean countsDistinct;
    private final ScanHeap.Holding holding;
    private final CubeDelta.Builder cells = new CubeDelta.Builder();
    private final HashSet128 distinct = new HashSet128();

    /**
     * @param dictionary to go on with
     * @param hours whose rows are wanted; distinct values are counted whatever the hour
     */
    ScannedSum(Dictionary dictionary, LongPredicate hours, boolean countsDistinct, Scan scan) {
        this.dictionary = dictionary;
        this.hours = hours;
        this.countsDistinct = countsDistinct;
        this.holding = scan.holding();
    }

    /** @throws ScanTooLargeException if there is no room for more */
    void add(FileCounts counts) {
        Contribution contribution = dictionary.intern(counts, 0);
        for (HourBlock block : contribution.blocks()) {
            if (hours.test(block.hour())) {
                cells.add(new Contribution(block.rows(), 0, List.of(block), new long[0]));
            }
        }
        if (countsDistinct) {
            long[] hashes = contribution.distinct();
            for (int i = 0; i < hashes.length; i += 2) {
                distinct.add(hashes[i], hashes[i + 1]);
            }
        }
        holding.is(cells.heapBytes() + distinct.heapBytes());
    }

    CubeDelta cells() {
        return cells.build();
    }

    Combinations combinations() {
        return dictionary.view();
    }

    long distinct() {
        return distinct.size();
    }

    @Override
    public void close() {
        holding.close();
    }
}
