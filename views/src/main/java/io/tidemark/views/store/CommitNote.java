package io.tidemark.views.store;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.CommitInfo;
import io.tidemark.ingest.log.DataFile;
import java.time.Instant;
import java.util.Optional;

/**
 * What the log says of one commit. Texts are the writer's, cut to a length that is fit to be kept.
 *
 * @param actions empty if the commit itself was not read
 */
public record CommitNote(
        long version,
        Instant committedAt,
        Optional<String> operation,
        Optional<String> engine,
        Optional<String> user,
        Optional<Actions> actions) {
    private static final int MAX_TEXT = 200;

    public CommitNote {
        operation = operation.map(CommitNote::cut);
        engine = engine.map(CommitNote::cut);
        user = user.map(CommitNote::cut);
    }

    /**
     * @param filesAdded number of add actions
     * @param filesRemoved number of remove actions
     * @param bytesAdded size of the files that it adds
     */
    public record Actions(long filesAdded, long filesRemoved, long bytesAdded) {}

    public static CommitNote of(Commit commit) {
        long bytes = 0;
        for (DataFile file : commit.adds()) {
            bytes += file.size();
        }
        return new CommitNote(
                commit.version(),
                commit.committedAt(),
                commit.info().flatMap(CommitInfo::operation),
                commit.info().flatMap(CommitInfo::engine),
                commit.info().flatMap(CommitInfo::user),
                Optional.of(new Actions(commit.adds().size(), commit.removes().size(), bytes)));
    }

    /** Of a version that is known by a snapshot only: nobody has read what its commit says. */
    public static CommitNote ofSnapshot(long version, Instant committedAt) {
        return new CommitNote(
                version, committedAt, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + '\u2026';
    }
}
