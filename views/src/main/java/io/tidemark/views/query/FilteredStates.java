package io.tidemark.views.query;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Answers filters that the cube alone cannot: parts of hours, and distinct values.
 *
 * <p>What lies in whole hours comes from the cube; only the hours at the two edges are read from files, or, for distinct
 * values, every file that may have rows in the range.
 */
public final class FilteredStates {
    /** Files that are in memory at once. */
    private static final int AT_A_TIME = 1024;

    private final FileCounting counting;

    public FilteredStates(FileCounting counting) {
        this.counting = counting;
    }

    /**
     * The cube of the rows that pass a filter's range, at the version that is pinned; the filter's values are still to be
     * applied to it. Its number of distinct values is that of the rows that pass the whole filter if {@code distinct} is set;
     * without it, it means nothing.
     *
     * @throws ScanStoppedException if the scan was stopped
     * @throws ScanTooLargeException if it would hold too much in memory
     * @throws ScanPeerException if another instance did not do its share
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    public ViewState of(PinnedFiles files, Filter filter, boolean distinct, Scan scan) {
        ViewState state = files.state();
        HourRange range = HourRange.of(filter);
        Predicate<LiveFile> wanted = distinct ? range::mayHold : range::mayHoldAtEdges;
        scan.expect(count(files, wanted, scan));
        FileWork work = new FileWork(state.metadata(), filter);
        try (ScannedSum sum = new ScannedSum(Dictionary.of(state.combinations()), range::isEdge, distinct, scan)) {
            List<LiveFile> some = new ArrayList<>();
            Runnable scanSome = () -> {
                counting.count(work, some, scan, sum::add);
                some.clear();
            };
            files.forEach(file -> {
                if (wanted.test(file)) {
                    some.add(file);
                    if (some.size() == AT_A_TIME) {
                        scanSome.run();
                    }
                }
            });
            scanSome.run();
            return new ViewState(
                    state.spec(),
                    state.metadata(),
                    state.epoch(),
                    state.version(),
                    state.committedAt(),
                    state.appliedAt(),
                    wholeHours(state.cube(), range).plus(sum.cells()),
                    sum.combinations(),
                    sum.distinct(),
                    state.files(),
                    state.bytes());
        }
    }

    private static long count(PinnedFiles files, Predicate<LiveFile> wanted, Scan scan) {
        long[] count = {0};
        files.forEach(file -> {
            scan.check();
            count[0] += wanted.test(file) ? 1 : 0;
        });
        return count[0];
    }

    private static Cube wholeHours(Cube cube, HourRange range) {
        List<HourBlock> whole = new ArrayList<>();
        cube.forEach(range.firstWhole(), range.endWhole(), whole::add);
        return Cube.empty().plus(CubeDelta.of(whole));
    }
}
