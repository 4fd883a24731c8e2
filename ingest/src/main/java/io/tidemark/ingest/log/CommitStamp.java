package io.tidemark.ingest.log;

import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.time.Instant;
import java.util.Arrays;

/**
 * When a version was committed, and by which bytes.
 *
 * @param fingerprint empty text if the commit's object was cleaned up
 */
record CommitStamp(Instant committedAt, String fingerprint) {

    static CommitStamp of(TableFiles files, LogLimits limits, long version, StoredObject commit) {
        return new CommitStamp(timestamp(files, limits, version, commit), Fingerprint.of(commit.bytes()));
    }

    /** A timestamp of the commit's own is in its first action, by the protocol: the other lines need not be read. */
    private static Instant timestamp(TableFiles files, LogLimits limits, long version, StoredObject commit) {
        byte[] bytes = commit.bytes();
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        Instant modified = commit.stat().modified();
        try {
            return CommitParser.parse(files, limits, version, Arrays.copyOf(bytes, end), modified)
                    .commit()
                    .committedAt();
        } catch (CommitParser.TornException | TableException e) {
            return modified;
        }
    }
}
