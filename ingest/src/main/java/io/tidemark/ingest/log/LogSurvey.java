package io.tidemark.ingest.log;

import io.tidemark.ingest.files.ListedObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What lies in a log's folder, by one listing of it. For people who want to know how a log is kept; nothing is followed by it.
 *
 * @param commits number of those that are there
 * @param oldest version of the first of them; empty if there is none
 * @param newest version of the last of them
 * @param checkpoint version of the newest checkpoint, whole or not
 * @param checkpointAt when that was written, by the store's clock
 * @param checkpointBytes of the largest part of the newest checkpoint; 0 without one
 * @param writtenAt when the newest commit was written, by the store's clock
 */
public record LogSurvey(
        long commits,
        OptionalLong oldest,
        OptionalLong newest,
        OptionalLong checkpoint,
        Optional<Instant> checkpointAt,
        long checkpointBytes,
        Optional<Instant> writtenAt) {

    /** @throws TableException if the folder cannot be listed */
    public static LogSurvey of(TableFiles files) {
        Count count = new Count();
        try {
            files.listObjects(LogPaths.FOLDER, "").forEach(count::add);
        } catch (IOException e) {
            throw Failures.reading(LogPaths.FOLDER, e);
        }
        return new LogSurvey(
                count.commits,
                of(count.oldest),
                of(count.newest),
                of(count.checkpoint),
                Optional.ofNullable(count.checkpointAt),
                count.checkpointBytes,
                Optional.ofNullable(count.writtenAt));
    }

    private static OptionalLong of(long version) {
        return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }

    private static final class Count {
        private long commits;
        private long oldest = -1;
        private long newest = -1;
        private Instant writtenAt;
        private long checkpoint = -1;
        private Instant checkpointAt;
        private long checkpointBytes;

        void add(ListedObject object) {
            LogPaths.commitVersion(object.name()).ifPresent(version -> commit(version, object));
            LogPaths.checkpointVersion(object.name()).ifPresent(version -> checkpoint(version, object));
        }

        private void commit(long version, ListedObject object) {
            commits++;
            oldest = oldest < 0 ? version : Math.min(oldest, version);
            if (version > newest) {
                newest = version;
                writtenAt = object.stat().modified();
            }
        }

        private void checkpoint(long version, ListedObject object) {
            if (version > checkpoint) {
                checkpoint = version;
                checkpointAt = object.stat().modified();
                checkpointBytes = 0;
            }
            if (version == checkpoint) {
                checkpointBytes = Math.max(checkpointBytes, object.stat().size());
            }
        }
    }
}
