package io.tidemark.views.stream;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.query.FileLedger;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.LiveFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the ledger of this instance's scans, while they go on: an interactive query. What is found may not be committed yet,
 * which does not matter: it says what is in a file, and a file does not change.
 */
final class LedgerReader implements FileLedger {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final Supplier<KafkaStreams> streams;
    private final TableRef table;
    private final int partitions;

    /**
     * @param streams gives null before the start
     * @param partitions of the file changes
     */
    LedgerReader(Supplier<KafkaStreams> streams, TableRef table, int partitions) {
        this.streams = streams;
        this.table = table;
        this.partitions = partitions;
    }

    @Override
    public Optional<FileCounts> counts(LiveFile file) {
        KafkaStreams running = streams.get();
        if (running == null) {
            return Optional.empty();
        }
        FileKey key = FileKey.of(file.file().id());
        try {
            ReadOnlyKeyValueStore<Bytes, byte[]> store = running.store(StoreQueryParameters.fromNameAndType(
                            ScanProcessor.STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                    .withPartition(ByFile.partition(key, partitions)));
            return counts(ScanShelf.counted(store, table, key), file);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // Not here, or on its way to or from here: then the file is read.
            LOG.debug("[{}] The ledger cannot be read at the moment: {}", table.name(), e.toString());
            return Optional.empty();
        }
    }

    private static Optional<FileCounts> counts(List<byte[]> chunks, LiveFile file) {
        if (chunks.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileShare share = FileShare.decode(Chunks.joined(chunks));
            return Optional.of(share)
                    .filter(found -> found.file().id().equals(file.file().id()))
                    .map(FileShare::counts);
        } catch (RecordFormatException e) {
            // Some of its parts were not written yet.
            return Optional.empty();
        }
    }
}
