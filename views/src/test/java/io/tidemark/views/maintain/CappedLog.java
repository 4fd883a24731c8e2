package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableSnapshot;
import java.util.Optional;
import java.util.OptionalLong;

/** A log as it was when a version was its newest. */
final class CappedLog implements DeltaLog {
    private final DeltaLog log;
    private long newest;

    CappedLog(DeltaLog log, long newest) {
        this.log = log;
        this.newest = newest;
    }

    void growTo(long version) {
        newest = version;
    }

    @Override
    public Optional<Commit> commit(long version) {
        return version > newest ? Optional.empty() : log.commit(version);
    }

    @Override
    public Optional<String> fingerprint(long version) {
        return version > newest ? Optional.empty() : log.fingerprint(version);
    }

    @Override
    public OptionalLong latestVersion(long knownVersion) {
        return OptionalLong.of(newest);
    }

    @Override
    public boolean hasGapAt(long missingVersion) {
        return missingVersion <= newest;
    }

    @Override
    public Optional<TableSnapshot> latestSnapshot() {
        return Optional.of(log.snapshot(newest));
    }

    @Override
    public String describeAbsence() {
        return log.describeAbsence();
    }

    @Override
    public TableSnapshot snapshot(long version) {
        return log.snapshot(version);
    }
}
