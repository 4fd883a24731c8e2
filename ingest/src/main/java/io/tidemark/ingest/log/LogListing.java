package io.tidemark.ingest.log;

import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The versions in the log's folder. Costs a listing; for when nothing is known yet, or something looks wrong.
 *
 * @param commits versions of which the commit is there
 * @param checkpoints versions of which a checkpoint, or a part of one, is there
 */
record LogListing(TreeSet<Long> commits, TreeSet<Long> checkpoints) {

    /** @param firstVersion versions before it are left out */
    static LogListing from(TableFiles files, long firstVersion) {
        TreeSet<Long> commits = new TreeSet<>();
        TreeSet<Long> checkpoints = new TreeSet<>();
        try {
            for (String name : files.list(LogPaths.FOLDER, LogPaths.prefix(firstVersion))) {
                LogPaths.commitVersion(name).ifPresent(commits::add);
                LogPaths.checkpointVersion(name).ifPresent(checkpoints::add);
            }
        } catch (IOException e) {
            throw Failures.reading(LogPaths.FOLDER, e);
        }
        return new LogListing(commits, checkpoints);
    }

    /** The end of the unbroken run of commits that follows the newest checkpoint, or the first commit. */
    OptionalLong latest() {
        if (commits.isEmpty() && checkpoints.isEmpty()) {
            return OptionalLong.empty();
        }
        long version = checkpoints.isEmpty() ? commits.first() : checkpoints.last();
        while (commits.contains(version + 1)) {
            version++;
        }
        return OptionalLong.of(version);
    }

    /** Whether something shows that a version existed, or was passed. */
    boolean reaches(long version) {
        return commits.ceiling(version + 1) != null || checkpoints.ceiling(version) != null;
    }
}
