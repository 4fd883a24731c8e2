package io.tidemark.ingest.log;

import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Commits, each as one object in one request, and only when they are whole.
 *
 * <p>An object store shows an object when all of it is there. On a disk a writer may still be at it, and a cut at the end
 * of a line parses. So there a commit that is torn, or that is not plainly all there, has to be unchanged for a settle time
 * first: then the torn one is an error, and the other one is taken as it is, since writers count differently. One that parses
 * and has a successor is taken at once: nobody commits on top of a commit that is being written.
 */
final class CommitReader {
    private static final int MAX_LOOKED_BACK = 500;

    private final TableFiles files;
    private final LogLimits limits;
    private final Settling settling;
    private final Duration settleTime;
    /** Of the commit that was taken last; null before the first. Threads may race for it: it is a hint. */
    private volatile Taken taken;

    private record Taken(long version, boolean withInfo) {}

    CommitReader(TableFiles files, LogLimits limits, Clock clock, Duration settleTime) {
        this.files = files;
        this.limits = limits;
        this.settling = new Settling(clock, settleTime);
        this.settleTime = settleTime;
    }

    /**
     * @return empty if there is no such commit, or it is not whole yet
     * @throws TableException if it cannot be read or understood
     */
    Optional<Commit> read(long version) {
        Optional<StoredObject> stored = object(version);
        if (stored.isEmpty()) {
            settling.forget(version);
            return Optional.empty();
        }
        byte[] bytes = stored.get().bytes();
        try {
            CommitParser.Parsed parsed = CommitParser.parse(
                    files, limits, version, bytes, stored.get().stat().modified());
            boolean whole = stored.get().stat().publishedWhole()
                    || (parsed.shape().evidentlyWhole(parsed.commit()) && !lacksAccount(parsed.commit()));
            if (whole || isSettled(version, stored.get()) || exists(version + 1)) {
                settling.forget(version);
                taken = new Taken(version, parsed.commit().info().isPresent());
                return Optional.of(parsed.commit());
            }
            return Optional.empty();
        } catch (CommitParser.TornException e) {
            if (stored.get().stat().publishedWhole()) {
                throw new TableException(e.getMessage() + ". Repair or restore the file.", e);
            }
            if (isSettled(version, stored.get())) {
                throw new TableException(
                        e.getMessage() + ", unchanged for " + settleTime.toSeconds()
                                + " s; waiting for the rest. If its writer is gone, repair or restore the file.",
                        e);
            }
            return Optional.empty();
        }
    }

    /** True if the commit before had its writer's account and this one has not: it may be on its way. */
    private boolean lacksAccount(Commit commit) {
        Taken before = taken;
        return commit.info().isEmpty()
                && before != null
                && before.version() == commit.version() - 1
                && before.withInfo();
    }

    /**
     * Looks back from a version for a commit that cannot be understood, to say which one and where.
     *
     * @return empty if there is none among the last few hundred
     */
    Optional<TableException> firstDamaged(long version) {
        for (long v = version; v >= 0 && v > version - MAX_LOOKED_BACK; v--) {
            try {
                Optional<StoredObject> stored = object(v);
                if (stored.isEmpty()) {
                    return Optional.empty();
                }
                CommitParser.parse(
                        files,
                        limits,
                        v,
                        stored.get().bytes(),
                        stored.get().stat().modified());
            } catch (CommitParser.TornException e) {
                return Optional.of(new TableException(e.getMessage() + ". Repair or restore the file.", e));
            } catch (TableException e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    Optional<String> fingerprint(long version) {
        return object(version).map(stored -> Fingerprint.of(stored.bytes()));
    }

    /** The commit's object as it is, whole or not. */
    Optional<StoredObject> object(long version) {
        String path = LogPaths.commit(version);
        try {
            return files.read(path, limits.maxCommitBytes());
        } catch (IOException e) {
            throw Failures.reading(path, e);
        }
    }

    private boolean exists(long version) {
        String path = LogPaths.commit(version);
        try {
            return files.stat(path).isPresent();
        } catch (IOException e) {
            throw Failures.reading(path, e);
        }
    }

    private boolean isSettled(long version, StoredObject stored) {
        return settling.isSettled(
                version, Fingerprint.of(stored.bytes()), stored.stat().modified());
    }
}
