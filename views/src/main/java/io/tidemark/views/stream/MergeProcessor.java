package io.tidemark.views.stream;

import io.tidemark.views.store.KillPoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Makes the views of its tables out of what the scans say, and says what is in them. */
final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "merge";
    static final String TO_CUBE = "merge-to-cube";
    static final String TO_PROGRESS = "merge-to-progress";

    private final Map<TableRef, MergeTable> tables = new HashMap<>();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;

    @Override
    public void init(ProcessorContext<byte[], byte[]> task) {
        // The same object is begun anew, after a while as a standby or a transaction that was taken back: only the
        // store is as it is.
        tables.clear();
        context = task;
        store = task.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Piece piece = PieceCodec.decode(record.value());
        MergeTable table = tables.computeIfAbsent(piece.table(), ref -> new MergeTable(store, ref, this::say));
        if (piece instanceof Piece.Forget) {
            table.clear();
            tables.remove(piece.table());
            return;
        }
        if (table.hear(piece, Instant.ofEpochMilli(context.currentSystemTimeMs()))) {
            send(piece.table().key(), table.progress().encode(), TO_PROGRESS);
            KillPoint.MERGED.pass();
            // Whoever waits for the version waits for the transaction.
            context.commit();
        }
    }

    private void say(CubeKey key, byte[] value) {
        send(key.encode(), value, TO_CUBE);
    }

    private void send(byte[] key, byte[] value, String sink) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), sink);
    }
}
