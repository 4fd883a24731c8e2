package io.tidemark.ingest.log;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.tidemark.ingest.files.TableFiles;
import java.util.NavigableSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots by Delta Kernel. A checkpoint that turns out to be damaged is left out, and the one before it and the commits
 * since then are read instead, where they are still there.
 */
final class KernelReader {
    private static final Logger log = LoggerFactory.getLogger(KernelReader.class);
    private static final int MAX_FALLBACKS = 3;

    private final TableFiles files;
    private final KernelFiles kernelFiles;
    private final KernelCalls kernel;
    private final Engine engine;

    KernelReader(TableFiles files, LogLimits limits) {
        this.files = files;
        this.kernelFiles = new KernelFiles(files, limits);
        this.kernel = new KernelCalls(kernelFiles.root());
        this.engine = DefaultEngine.create(kernelFiles);
    }

    /**
     * @param stamp of the version's commit
     * @param atEnd called when all of the snapshot's files were listed; may throw
     * @throws TableException if there is no such version, or it cannot be read
     */
    TableSnapshot snapshot(long version, CommitStamp stamp, Runnable atEnd) {
        try {
            return load(version, stamp, atEnd);
        } catch (UnsupportedFeatureException e) {
            throw e;
        } catch (TableException e) {
            return withoutDamagedCheckpoints(version, stamp, atEnd, e);
        }
    }

    private TableSnapshot load(long version, CommitStamp stamp, Runnable atEnd) {
        try {
            Snapshot snapshot = kernel.call(
                    version, () -> Table.forPath(engine, kernelFiles.root()).getSnapshotAsOfVersion(engine, version));
            return kernel.call(
                    version,
                    () -> new KernelSnapshot(
                            files, kernel, engine, snapshot, stamp, () -> distrustCheckpointOf(snapshot), atEnd));
        } catch (TableNotFoundException e) {
            throw new TableException("[version " + version + "] There is no such version in the log.", e);
        }
    }

    private TableSnapshot withoutDamagedCheckpoints(
            long version, CommitStamp stamp, Runnable atEnd, TableException problem) {
        LogListing listing = LogListing.from(files, 0);
        if (listing.commits().contains(version)) {
            for (int i = 0; i < MAX_FALLBACKS; i++) {
                Optional<Long> newest = listing.checkpoints().headSet(version, true).descendingSet().stream()
                        .filter(checkpoint -> !kernelFiles.isHidden(checkpoint))
                        .findFirst();
                if (newest.isEmpty()) {
                    break;
                }
                log.warn("Going without the checkpoint of version {}: {}", newest.get(), problem.getMessage());
                kernelFiles.hideCheckpoint(newest.get());
                try {
                    return load(version, stamp, atEnd);
                } catch (TableException e) {
                    problem.addSuppressed(e);
                }
            }
        }
        // It was not the checkpoints, or nothing is left without them: next time they get another chance.
        kernelFiles.hideNoCheckpoint();
        throw new TableException(problem.getMessage() + whatIsThere(listing, version), problem);
    }

    /** Which checkpoints and commits there are to go by, for whoever is to restore the rest. */
    private static String whatIsThere(LogListing listing, long version) {
        NavigableSet<Long> checkpoints = listing.checkpoints().headSet(version, true);
        String newest = checkpoints.isEmpty()
                ? " There is no checkpoint"
                : " The newest checkpoint is that of version " + checkpoints.last();
        return listing.commits().isEmpty() || listing.commits().first() == 0
                ? ""
                : newest + ", and the oldest commit is that of version "
                        + listing.commits().first() + ".";
    }

    /** Damage that shows only while the files are listed: the next snapshot goes without the checkpoint. */
    private void distrustCheckpointOf(Snapshot snapshot) {
        snapshot.getLogSegment().getCheckpointVersionOpt().ifPresent(kernelFiles::hideCheckpoint);
    }
}
