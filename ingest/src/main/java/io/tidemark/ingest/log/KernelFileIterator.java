package io.tidemark.ingest.log;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Live files, batch by batch as Kernel replays the log. Closes itself at its end. */
final class KernelFileIterator implements Iterator<DataFile> {
    private static final Logger log = LoggerFactory.getLogger(KernelFileIterator.class);

    private final TableFiles files;
    private final KernelCalls kernel;
    private final Runnable onDamage;
    private final Runnable atEnd;
    private final long version;
    private final Set<String> partitionKeys;
    private final CloseableIterator<FilteredColumnarBatch> batches;
    private CloseableIterator<Row> rows;
    private boolean closed;

    /**
     * @param onDamage told when the listing breaks off
     * @param atEnd called after the last file; may still refuse them all
     */
    KernelFileIterator(
            TableFiles files,
            KernelCalls kernel,
            long version,
            Set<String> partitionKeys,
            CloseableIterator<FilteredColumnarBatch> batches,
            Runnable onDamage,
            Runnable atEnd) {
        this.files = files;
        this.kernel = kernel;
        this.onDamage = onDamage;
        this.atEnd = atEnd;
        this.version = version;
        this.partitionKeys = partitionKeys;
        this.batches = batches;
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            return false;
        }
        boolean more;
        try {
            more = kernel.call(version, this::advance);
        } catch (TableException e) {
            close();
            onDamage.run();
            throw e;
        }
        if (!more) {
            atEnd.run();
        }
        return more;
    }

    private boolean advance() {
        while (rows == null || !rows.hasNext()) {
            closeRows();
            if (!batches.hasNext()) {
                close();
                return false;
            }
            rows = batches.next().getRows();
        }
        return true;
    }

    @Override
    public DataFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return kernel.call(version, () -> dataFile(new AddFile(rows.next().getStruct(0))));
    }

    private DataFile dataFile(AddFile add) {
        requireText(add.getPath());
        add.getDeletionVector().ifPresent(vector -> requireText(vector.getPathOrInlineDv()));
        try {
            return new DataFile(
                    files.relative(add.getPath()),
                    add.getDeletionVector().map(KernelFileIterator::deletionVector),
                    partitionValues(add),
                    add.getSize(),
                    add.getStatsJson());
        } catch (PathOutsideTableException e) {
            throw new TableException("[version " + version + "] " + e.getMessage(), e);
        }
    }

    /** Kernel puts U+FFFD for what is not UTF-8: then the name is damaged, and no file has it. */
    private void requireText(String name) {
        if (name.indexOf('\uFFFD') >= 0) {
            throw new TableException("[version " + version + "] The log names a file '" + Failures.shortened(name, null)
                    + "', which is not UTF-8: the commit or checkpoint is damaged.");
        }
    }

    private Map<String, String> partitionValues(AddFile add) {
        Map<String, String> values = VectorUtils.toJavaMap(add.getPartitionValues());
        for (String key : values.keySet()) {
            // Damaged in a checkpoint; and left so, the column would be null.
            if (key == null || !partitionKeys.contains(key)) {
                throw new TableException("[version " + version + "] A partition value of '" + add.getPath()
                        + "' is of '" + key + "', which is no partition column.");
            }
        }
        return values;
    }

    private static DeletionVector deletionVector(DeletionVectorDescriptor found) {
        return new DeletionVector(
                found.getStorageType(),
                found.getPathOrInlineDv(),
                found.getOffset(),
                found.getSizeInBytes(),
                found.getCardinality());
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        if (!closed) {
            closed = true;
            closeRows();
            close(batches);
        }
    }

    private void closeRows() {
        if (rows != null) {
            close(rows);
            rows = null;
        }
    }

    private static void close(CloseableIterator<?> iterator) {
        try {
            iterator.close();
        } catch (IOException e) {
            log.debug("Closing a listing of live files", e);
        }
    }
}
