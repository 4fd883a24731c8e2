package io.tidemark.ingest.log;

import java.util.Optional;
import java.util.OptionalLong;

/** A table's transaction log. Safe for use by many threads. */
public interface DeltaLog {

    /**
     * Reads one commit, in one request whatever the log's size.
     *
     * @return empty if nothing is stored under this version yet, or what is stored is not whole yet
     * @throws TableException if it is there but cannot be read or understood; the message names the file and line
     */
    Optional<Commit> commit(long version);

    /**
     * Fingerprint of a commit's object, without parsing it; empty if it is gone (cleaned up, or rolled back).
     */
    Optional<String> fingerprint(long version);

    /**
     * The newest version that is readable, found by asking and not by listing where a version at or before it is known.
     *
     * @param knownVersion a version whose commit exists, or -1
     * @return empty if there is no table (yet)
     */
    OptionalLong latestVersion(long knownVersion);

    /**
     * Whether the log holds any commit or checkpoint later than a version that is itself missing.
     *
     * <p>Lists; for use when something looks wrong and not on the way of every commit.
     */
    boolean hasGapAt(long missingVersion);

    /**
     * The newest snapshot.
     *
     * @return empty if there is no table (yet)
     * @throws TableException if there is one that cannot be read; an unsupported reader feature is named
     */
    Optional<TableSnapshot> latestSnapshot();

    /**
     * Why there is no snapshot, for users.
     *
     * <p>Lists the root; for use when there is no table, and not at every poll.
     */
    String describeAbsence();

    /** The snapshot at a version. */
    TableSnapshot snapshot(long version);
}
