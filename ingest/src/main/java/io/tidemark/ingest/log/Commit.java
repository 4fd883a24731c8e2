package io.tidemark.ingest.log;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a table, as the difference from the version before.
 *
 * <p>A set of changes and not a sequence: {@code adds} and {@code removes} hold every logical file at most once, and the
 * same path may be removed with one deletion vector and added with another.
 *
 * @param version counts from 0 without gaps
 * @param committedAt in-commit timestamp where the table has one, else the object's time of modification
 * @param fingerprint identity of the commit's bytes; tells a rewritten commit from the one that was applied
 * @param adds files that are live from this version on; unmodifiable
 * @param removes files that are live no longer; unmodifiable
 * @param metadata present if the commit changed it
 * @param protocol present if the commit changed it
 * @param info what the writer says
 * @param unknownActions number of actions of kinds that this reader does not know; the protocol says to ignore them
 * @param onlyRearranges true if there are file changes and the writer says of each that it changes no data, but only where
 *     rows lie ({@code dataChange} false); a claim like {@code info}, and counted like any commit
 */
public record Commit(
        long version,
        Instant committedAt,
        String fingerprint,
        List<DataFile> adds,
        List<FileId> removes,
        Optional<TableMetadata> metadata,
        Optional<TableProtocol> protocol,
        Optional<CommitInfo> info,
        int unknownActions,
        boolean onlyRearranges) {
    public Commit {
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(fingerprint, "fingerprint");
        adds = List.copyOf(adds);
        removes = List.copyOf(removes);
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(info, "info");
    }

    /** A commit that makes no claim to change no data. */
    public Commit(
            long version,
            Instant committedAt,
            String fingerprint,
            List<DataFile> adds,
            List<FileId> removes,
            Optional<TableMetadata> metadata,
            Optional<TableProtocol> protocol,
            Optional<CommitInfo> info,
            int unknownActions) {
        this(version, committedAt, fingerprint, adds, removes, metadata, protocol, info, unknownActions, false);
    }
}
