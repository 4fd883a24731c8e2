package io.tidemark.views.stream;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.stream.FileWord.Change;
import io.tidemark.views.stream.FileWord.Forget;
import io.tidemark.views.stream.FileWord.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the files of its share of all files, and keeps what they add: a file that comes is scanned, one that goes is looked up. A
 * file that cannot be read is waited for, while the others go on; if it leaves the table meanwhile, nobody needs it any more.
 */
final class ScanProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "scan";

    private static final Logger LOG = LoggerFactory.getLogger(ScanProcessor.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Others wait while a file is tried again. */
    private static final int RETRIED_AT_ONCE = 4;

    private static final long LEAST_BETWEEN_COMMITS_MILLIS = 50;
    /** Each keeps a table's parsed schema. */
    private static final int TERMS_IN_MEMORY = 64;

    private final OpenTables tables;
    private final InstanceStatistics statistics;
    private final Map<TableRef, ScanShelf> shelves = new HashMap<>();
    private final Map<Under, Terms> known = new HashMap<>();
    /** What was last said of files that wait. */
    private final Map<FileKey, String> reasons = new HashMap<>();

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;
    private boolean anyWaiting;
    private long committed;

    private record Under(TableRef table, int terms) {}

    ScanProcessor(OpenTables tables, InstanceStatistics statistics) {
        this.tables = tables;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> task) {
        // As in the merge: what is remembered may be of another life of the task.
        shelves.clear();
        known.clear();
        reasons.clear();
        anyWaiting = true;
        context = task;
        store = task.getStateStore(STORE);
        task.schedule(RETRY, PunctuationType.WALL_CLOCK_TIME, now -> retry());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        FileWord word = FileWordCodec.decode(record.value());
        ScanShelf shelf = shelves.computeIfAbsent(word.table(), table -> new ScanShelf(store, table));
        if (word instanceof Terms terms) {
            shelf.setTerms(terms);
        } else if (word instanceof Change change) {
            if (change.added().isPresent()) {
                add(shelf, change, change.added().get());
            } else {
                remove(shelf, change);
            }
            commitSoon();
        } else if (word instanceof Forget) {
            shelf.clear();
            shelves.remove(word.table());
            known.keySet().removeIf(under -> under.table().equals(word.table()));
        }
    }

    /** A single file's transaction ends at once; of many, it takes several. */
    private void commitSoon() {
        long now = context.currentSystemTimeMs();
        if (now - committed >= LEAST_BETWEEN_COMMITS_MILLIS) {
            committed = now;
            context.commit();
        }
    }

    private void add(ScanShelf shelf, Change change, DataFile file) {
        List<byte[]> chunks;
        try {
            FileCounts counts = count(shelf, change, file);
            chunks = Chunks.of(new FileShare(file, counts).encode());
        } catch (TableException e) {
            await(shelf, change, e instanceof MissingDataFileException, e.getMessage());
            return;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.error("[{}] A file cannot be counted", change.table().name(), e);
            await(
                    shelf,
                    change,
                    false,
                    "[" + file.path() + "] Unexpected error (" + e.getClass().getSimpleName()
                            + "). It is tried again; the log of the instance that counts the file has the details.");
            return;
        }
        shelf.setCounted(change.file(), chunks);
        answer(change, true, chunks);
    }

    private FileCounts count(ScanShelf shelf, Change change, DataFile file) {
        Under under = new Under(change.table(), change.terms());
        Terms terms = known.get(under);
        if (terms == null) {
            terms = shelf.terms(change.terms());
            if (terms == null) {
                throw new TableException(
                        "[" + file.path() + "] It was not said how to read this file. " + Remedies.RESET);
            }
            if (known.size() >= TERMS_IN_MEMORY) {
                known.clear();
            }
            known.put(under, terms);
        }
        TableEntry entry = terms.entry();
        long began = System.nanoTime();
        FileCounts counts = tables.counter(entry.uri(), entry.spec()).count(file, terms.metadata());
        statistics.of(change.table().name()).scanned(counts.rows(), System.nanoTime() - began);
        return counts;
    }

    private void remove(ScanShelf shelf, Change change) {
        Change came = shelf.waiting(change.file());
        if (came != null) {
            shelf.deleteWaiting(change.file());
            reasons.remove(change.file());
            blank(came, change.step());
            blank(change, change.step());
            return;
        }
        List<byte[]> chunks = shelf.counted(change.file());
        if (chunks.isEmpty()) {
            say(new Piece.Failure(
                    change.table(),
                    change.step(),
                    change.ordinal(),
                    false,
                    "An entry of the ledger is missing. " + Remedies.RESET));
            return;
        }
        shelf.deleteCounted(change.file(), chunks.size());
        answer(change, false, chunks);
    }

    private void await(ScanShelf shelf, Change change, boolean gone, String reason) {
        anyWaiting = true;
        shelf.setWaiting(change);
        if (!reason.equals(reasons.put(change.file(), reason))) {
            say(new Piece.Failure(change.table(), change.step(), change.ordinal(), gone, reason));
        }
    }

    private void retry() {
        if (!anyWaiting) {
            return;
        }
        List<Change> waiting = new ArrayList<>();
        ScanShelf.forEachWaiting(store, waiting::add);
        anyWaiting = !waiting.isEmpty();
        // The oldest first, as steps are taken in order.
        waiting.sort((a, b) -> Long.compare(a.step(), b.step()));
        for (Change change : waiting.subList(0, Math.min(RETRIED_AT_ONCE, waiting.size()))) {
            ScanShelf shelf = shelves.computeIfAbsent(change.table(), table -> new ScanShelf(store, table));
            shelf.deleteWaiting(change.file());
            add(shelf, change, change.added().orElseThrow());
            if (shelf.waiting(change.file()) == null) {
                reasons.remove(change.file());
            }
        }
    }

    private void answer(Change change, boolean added, List<byte[]> chunks) {
        for (int i = 0; i < chunks.size(); i++) {
            say(new Piece.Share(
                    change.table(), change.step(), change.ordinal(), added, i, chunks.size(), chunks.get(i)));
        }
    }

    private void blank(Change change, long until) {
        say(new Piece.Blank(change.table(), change.step(), change.ordinal(), until));
    }

    private void say(Piece piece) {
        context.forward(new Record<>(piece.table().key(), PieceCodec.encode(piece), context.currentSystemTimeMs()));
    }
}
