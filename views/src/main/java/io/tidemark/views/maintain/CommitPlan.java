package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is to be done to take up commits that follow each other.
 *
 * @param metadata after them
 * @param leaving files to be taken back
 * @param entering files to be counted
 */
public record CommitPlan(
        TableMetadata metadata,
        List<FileId> leaving,
        List<DataFile> entering,
        long removesWithoutEffect,
        long addsWithoutEffect) {

    /** The metadata after commits of which only the first may change it. */
    static TableMetadata metadata(List<Commit> commits, Optional<TableMetadata> before) {
        return commits.get(0)
                .metadata()
                .or(() -> before)
                .orElseThrow(() -> new TableException("The first commit has no metadata: this is not a Delta table."));
    }

    /**
     * @param commits ascending, at least one; only the first may change metadata
     * @param before the metadata before them
     * @param files number of live files before them
     * @param isLive whether a file is live before them
     * @throws io.tidemark.ingest.log.ColumnMismatchException if they make a column one that cannot be counted, or not together
     *     with what was counted before
     */
    public static CommitPlan of(
            List<Commit> commits,
            Optional<TableMetadata> before,
            long files,
            Predicate<FileId> isLive,
            ColumnCheck columns) {
        TableMetadata metadata = metadata(commits, before);
        NetChanges changes = new NetChanges(isLive);
        commits.forEach(changes::take);
        List<FileId> leaving = changes.leaving();
        if (commits.get(0).metadata().isPresent()) {
            columns.require(leaving.size() == files ? Optional.empty() : before, metadata);
        }
        return new CommitPlan(
                metadata, leaving, changes.entering(), changes.removesWithoutEffect(), changes.addsWithoutEffect());
    }
}
