package io.tidemark.views.query;

import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.contribution.HashSet128;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers filters that the cube alone cannot: parts of hours, and distinct values.
 *
 * <p>What lies in whole hours comes from the cube; only the hours at the two edges are read from files, or, for distinct
 * values, every file that may have rows in the range.
 */
public final class FilteredStates {
    private final FilterColumns columns;
    private final FilteredFileCounter counter;

    public FilteredStates(FilterColumns columns, FilteredFileCounter counter) {
        this.columns = columns;
        this.counter = counter;
    }

    /**
     * The cube of the rows that pass a filter's range, at the version that is pinned; the filter's values are still to be
     * applied to it. Its number of distinct values is that of the rows that pass the whole filter if {@code distinct} is set;
     * without it, it means nothing.
     *
     * @throws ScanStoppedException if the scan was stopped
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    public ViewState of(PinnedFiles files, Filter filter, boolean distinct, Scan scan) {
        ViewState state = files.state();
        HourRange range = HourRange.of(filter);
        List<LiveFile> wanted = new ArrayList<>();
        files.forEach(file -> {
            scan.check();
            if (distinct ? range.mayHold(file) : range.mayHoldAtEdges(file)) {
                wanted.add(file);
            }
        });
        scan.expect(wanted.size());
        RowFilter rows = columns.rows(filter, state.metadata());
        Sum sum = new Sum(Dictionary.of(state.combinations()), range);
        scan.run(wanted.iterator(), file -> count(file, state, rows, scan), sum::add);
        return new ViewState(
                state.spec(),
                state.metadata(),
                state.epoch(),
                state.version(),
                state.committedAt(),
                state.appliedAt(),
                sum.plusWholeHoursOf(state.cube()),
                sum.dictionary.view(),
                sum.distinct.size(),
                state.files(),
                state.bytes());
    }

    private FileCounts count(LiveFile file, ViewState state, RowFilter filter, Scan scan) {
        FileCounts counts = counter.count(file.file(), state.metadata(), filter, scan.control());
        scan.looked(file.rows());
        return counts;
    }

    /** For one thread. */
    private static final class Sum {
        private final Dictionary dictionary;
        private final HourRange range;
        private final CubeDelta.Builder edges = new CubeDelta.Builder();
        private final HashSet128 distinct = new HashSet128();

        Sum(Dictionary dictionary, HourRange range) {
            this.dictionary = dictionary;
            this.range = range;
        }

        void add(FileCounts counts) {
            Contribution contribution = dictionary.intern(counts, 0);
            for (HourBlock block : contribution.blocks()) {
                // Whole hours are the cube's.
                if (range.isEdge(block.hour())) {
                    edges.add(new Contribution(block.rows(), 0, List.of(block), new long[0]));
                }
            }
            long[] hashes = contribution.distinct();
            for (int i = 0; i < hashes.length; i += 2) {
                distinct.add(hashes[i], hashes[i + 1]);
            }
        }

        Cube plusWholeHoursOf(Cube cube) {
            List<HourBlock> whole = new ArrayList<>();
            cube.forEach(range.firstWhole(), range.endWhole(), whole::add);
            return Cube.empty().plus(CubeDelta.of(whole)).plus(edges.build());
        }
    }
}
