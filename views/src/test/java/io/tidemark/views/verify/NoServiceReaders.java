package io.tidemark.views.verify;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.scan.ColumnBatch;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.ingest.scan.Projection;
import io.tidemark.ingest.scan.ScanResult;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** In place of the service's readers, where a recount must do without them. */
final class NoServiceReaders implements DeltaLog, FileScanner {
    private static TableException refusal() {
        return new TableException("The recount asked the service's own reader.");
    }

    @Override
    public Optional<Commit> commit(long version) {
        throw refusal();
    }

    @Override
    public Optional<String> fingerprint(long version) {
        throw refusal();
    }

    @Override
    public OptionalLong latestVersion(long knownVersion) {
        throw refusal();
    }

    @Override
    public boolean hasGapAt(long missingVersion) {
        throw refusal();
    }

    @Override
    public Optional<TableSnapshot> latestSnapshot() {
        throw refusal();
    }

    @Override
    public String describeAbsence() {
        throw refusal();
    }

    @Override
    public TableSnapshot snapshot(long version) {
        throw refusal();
    }

    @Override
    public ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer) {
        throw refusal();
    }
}
