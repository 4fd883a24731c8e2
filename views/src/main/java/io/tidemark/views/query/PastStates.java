package io.tidemark.views.query;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.HashSet128;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.ViewState;
import java.time.Instant;

/**
 * What the views were at a version that is over: counted anew from the files of then, as far as log and files are still
 * there. Holds nothing between two calls.
 */
public final class PastStates {
    private final DeltaLog log;
    private final FileCounter counter;

    public PastStates(DeltaLog log, FileCounter counter) {
        this.log = log;
        this.counter = counter;
    }

    /**
     * Counts the table at a version. Memory is that of its cube and of its distinct values, 16 to 32 bytes each.
     *
     * @param now the state that is served; the past is told as one of its epoch
     * @throws io.tidemark.ingest.log.TableException if the log no longer has the version, or a file of then cannot be read or
     *     is gone
     * @throws ScanStoppedException if the scan was stopped
     */
    public ViewState at(long version, ViewState now, Scan scan) {
        try (TableSnapshot snapshot = log.snapshot(version)) {
            TableMetadata metadata = snapshot.metadata();
            Sum sum = new Sum(now.spec().dimensions().size());
            scan.run(snapshot.files(), file -> count(file, metadata, scan), sum::add);
            return new ViewState(
                    now.spec(),
                    metadata,
                    now.epoch(),
                    version,
                    snapshot.committedAt(),
                    Instant.now(),
                    Cube.empty().plus(sum.cells.build()),
                    sum.dictionary.view(),
                    sum.distinct.size(),
                    sum.files,
                    sum.bytes);
        }
    }

    private Counted count(DataFile file, TableMetadata metadata, Scan scan) {
        FileCounts counts = counter.count(file, metadata);
        scan.looked(counts.rows());
        return new Counted(counts, file.size());
    }

    private record Counted(FileCounts counts, long bytes) {}

    /** For one thread. */
    private static final class Sum {
        private final Dictionary dictionary;
        private final CubeDelta.Builder cells = new CubeDelta.Builder();
        private final HashSet128 distinct = new HashSet128();
        private long files;
        private long bytes;

        Sum(int dimensions) {
            dictionary = new Dictionary(dimensions);
        }

        void add(Counted file) {
            Contribution contribution = dictionary.intern(file.counts(), file.bytes());
            cells.add(contribution);
            long[] hashes = contribution.distinct();
            for (int i = 0; i < hashes.length; i += 2) {
                distinct.add(hashes[i], hashes[i + 1]);
            }
            files++;
            bytes = Math.addExact(bytes, file.bytes());
        }
    }
}
