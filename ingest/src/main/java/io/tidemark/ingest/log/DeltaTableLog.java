package io.tidemark.ingest.log;

import io.tidemark.ingest.files.ListedObject;
import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log of a table wherever it is stored. Commits are read by our own reader, snapshots by Delta Kernel. */
public final class DeltaTableLog implements DeltaLog {
    /** How long a commit on a disk must be unchanged before what may be unfinished is taken as finished. */
    public static final Duration SETTLE_TIME = Duration.ofSeconds(7);

    private final TableFiles files;
    private final LogLimits limits;
    private final CommitReader commits;
    private final KernelReader snapshots;

    public DeltaTableLog(TableFiles files) {
        this(files, Clock.systemUTC(), SETTLE_TIME);
    }

    /** @param files stays the caller's, who closes it after the last use of the log */
    public DeltaTableLog(TableFiles files, Clock clock, Duration settleTime) {
        this(files, clock, settleTime, LogLimits.standard());
    }

    DeltaTableLog(TableFiles files, Clock clock, Duration settleTime, LogLimits limits) {
        this.files = files;
        this.limits = limits;
        this.commits = new CommitReader(files, limits, clock, settleTime);
        this.snapshots = new KernelReader(files, limits);
    }

    @Override
    public Optional<Commit> commit(long version) {
        return commits.read(version);
    }

    @Override
    public Optional<String> fingerprint(long version) {
        return commits.fingerprint(version);
    }

    @Override
    public OptionalLong latestVersion(long knownVersion) {
        return knownVersion < 0 ? listedLatest() : OptionalLong.of(newestFrom(knownVersion));
    }

    private OptionalLong listedLatest() {
        OptionalLong hint = LastCheckpoint.version(files);
        if (hint.isPresent()) {
            LogListing sinceHint = LogListing.from(files, hint.getAsLong());
            // A hint at a checkpoint that is gone says nothing of what is before or after it.
            if (sinceHint.checkpoints().contains(hint.getAsLong())) {
                return sinceHint.latest();
            }
        }
        return LogListing.from(files, 0).latest();
    }

    /** Steps that double, then halve: few questions however far behind. */
    private long newestFrom(long knownVersion) {
        long there = knownVersion;
        long step = 1;
        while (exists(there + step)) {
            there += step;
            step *= 2;
        }
        long notThere = there + step;
        while (notThere - there > 1) {
            long middle = there + (notThere - there) / 2;
            if (exists(middle)) {
                there = middle;
            } else {
                notThere = middle;
            }
        }
        return there;
    }

    private boolean exists(long version) {
        String path = LogPaths.commit(version);
        try {
            return files.stat(path).isPresent();
        } catch (IOException e) {
            throw Failures.reading(path, e);
        }
    }

    @Override
    public boolean hasGapAt(long missingVersion) {
        LogListing listing = LogListing.from(files, missingVersion);
        // A listing knows names only: a folder may have that of a commit.
        while (!listing.commits().isEmpty() && !exists(listing.commits().first())) {
            listing.commits().pollFirst();
        }
        return listing.reaches(missingVersion);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the newest commit is not whole yet, or cannot be understood, the one before it: whoever goes on from there stops
     * in front of the bad one.
     */
    @Override
    public Optional<TableSnapshot> latestSnapshot() {
        OptionalLong latest = listedLatest();
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        long version = latest.getAsLong();
        try {
            if (commits.read(version).isPresent() || !exists(version)) {
                // Without a commit's object there is a checkpoint of the version, and Kernel reads that.
                return Optional.of(snapshot(version));
            }
            return version == 0 ? Optional.empty() : Optional.of(snapshot(version - 1));
        } catch (TableException e) {
            return Optional.of(snapshotBefore(version, e));
        }
    }

    /** @param problem of the version itself; tells more than that the one before it cannot be read either */
    private TableSnapshot snapshotBefore(long version, TableException problem) {
        if (version == 0 || problem instanceof UnsupportedFeatureException) {
            throw problem;
        }
        try {
            return snapshot(version - 1);
        } catch (TableException e) {
            problem.addSuppressed(e);
            throw problem;
        }
    }

    @Override
    public TableSnapshot snapshot(long version) {
        try {
            CommitStamp stamp = stamp(version);
            return snapshots.snapshot(version, stamp, () -> requireUnchanged(version, stamp));
        } catch (UnsupportedFeatureException e) {
            throw e;
        } catch (TableException e) {
            throw commits.firstDamaged(version).orElse(e);
        }
    }

    /** A table that is put in the place of another while it is read would be listed as a mixture of both. */
    private void requireUnchanged(long version, CommitStamp stamp) {
        if (!commits.fingerprint(version).orElse("").equals(stamp.fingerprint())) {
            throw new TableException("[version " + version
                    + "] The log was rewritten while it was read. It is read again; there is nothing to be done.");
        }
    }

    private CommitStamp stamp(long version) {
        Optional<StoredObject> commit = commits.object(version);
        return commit.isPresent()
                ? CommitStamp.of(files, limits, version, commit.get())
                : new CommitStamp(checkpointTime(version), "");
    }

    private Instant checkpointTime(long version) {
        try {
            return files.listObjects(LogPaths.FOLDER, LogPaths.prefix(version)).stream()
                    .filter(object -> LogPaths.checkpointVersion(object.name()).orElse(-1) == version)
                    .map((ListedObject object) -> object.stat().modified())
                    .min(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        } catch (IOException e) {
            throw Failures.reading(LogPaths.FOLDER, e);
        }
    }

    @Override
    public String describeAbsence() {
        try {
            List<String> names = files.list("", "");
            if (names.isEmpty()) {
                return "nothing is there yet; waiting for a Delta table";
            }
            return names.contains(LogPaths.FOLDER)
                    ? "the _delta_log folder holds no whole commit yet; waiting for one"
                    : "there are files, but no _delta_log: not a Delta table, or not yet; waiting for one";
        } catch (IOException e) {
            throw Failures.reading(".", e);
        }
    }
}
