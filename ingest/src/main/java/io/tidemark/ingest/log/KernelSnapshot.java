package io.tidemark.ingest.log;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.VectorUtils;
import io.tidemark.ingest.files.TableFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A snapshot as Delta Kernel reads it from checkpoints and commits. */
final class KernelSnapshot implements TableSnapshot {
    private final TableFiles files;
    private final KernelCalls kernel;
    private final Engine engine;
    private final Snapshot snapshot;
    private final TableMetadata metadata;
    private final TableProtocol protocol;
    private final CommitStamp stamp;
    private final Runnable onDamage;
    private final Runnable atEnd;
    private final List<KernelFileIterator> open = new ArrayList<>();

    /**
     * @param onDamage told when the listing of files breaks off
     * @param atEnd called when all files were listed; throws if the log is not the one that the listing began with
     * @throws TableException if the metadata cannot be understood, or a reader feature is not supported
     */
    KernelSnapshot(
            TableFiles files,
            KernelCalls kernel,
            Engine engine,
            Snapshot snapshot,
            CommitStamp stamp,
            Runnable onDamage,
            Runnable atEnd) {
        this.files = files;
        this.kernel = kernel;
        this.engine = engine;
        this.onDamage = onDamage;
        this.atEnd = atEnd;
        this.snapshot = snapshot;
        this.stamp = stamp;
        this.protocol = protocol(snapshot.getProtocol());
        if (!protocol.unsupported().isEmpty()) {
            throw Failures.unsupported(snapshot.getVersion(), protocol.unsupported());
        }
        try {
            this.metadata = metadata(snapshot.getMetadata());
        } catch (TableException e) {
            throw new TableException("[version " + snapshot.getVersion() + "] " + e.getMessage(), e);
        }
    }

    private static TableProtocol protocol(Protocol protocol) {
        return new TableProtocol(protocol.getMinReaderVersion(), protocol.getReaderFeatures());
    }

    private static TableMetadata metadata(Metadata metadata) {
        return TableMetadata.parse(
                metadata.getId(),
                metadata.getSchemaString(),
                VectorUtils.toJavaList(metadata.getPartitionColumns()),
                metadata.getConfiguration());
    }

    @Override
    public long version() {
        return snapshot.getVersion();
    }

    @Override
    public Instant committedAt() {
        return stamp.committedAt();
    }

    @Override
    public String fingerprint() {
        return stamp.fingerprint();
    }

    @Override
    public TableMetadata metadata() {
        return metadata;
    }

    @Override
    public TableProtocol protocol() {
        return protocol;
    }

    private Set<String> partitionKeys() {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Column column : metadata.columns()) {
            if (metadata.isPartitionColumn(column)) {
                keys.add(column.physicalName());
            }
        }
        return keys;
    }

    @Override
    public synchronized Iterator<DataFile> files() {
        KernelFileIterator iterator = kernel.call(version(), () -> {
            // A scan of its own each time: Kernel gives the files of a scan only once.
            ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
            return new KernelFileIterator(
                    files, kernel, version(), partitionKeys(), scan.getScanFiles(engine, true), onDamage, atEnd);
        });
        open.removeIf(KernelFileIterator::isClosed);
        open.add(iterator);
        return iterator;
    }

    @Override
    public synchronized void close() {
        open.forEach(KernelFileIterator::close);
        open.clear();
    }
}
