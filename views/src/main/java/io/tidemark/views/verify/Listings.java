package io.tidemark.views.verify;

import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.types.StructField;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists the live files with Delta Standalone wherever it can read the table, so that recount and service share no reader of the
 * log; with Delta Kernel otherwise.
 */
final class Listings {
    private Listings() {}

    /**
     * @param log the service's way of reading the log, for tables that Standalone cannot read
     * @throws TableException if neither can read the table at that version
     */
    static Listing at(Path table, Configuration conf, DeltaLog log, long version) {
        RuntimeException refusal;
        try {
            return standalone(table, conf, version);
        } catch (TableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Of many types, most of them internal; whatever it was, Kernel may do better.
            refusal = e;
        }
        try {
            return kernel(log, version);
        } catch (TableException e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    private static Listing standalone(Path table, Configuration conf, long version) {
        var log = io.delta.standalone.DeltaLog.forTable(conf, table);
        var snapshot = log.getSnapshotForVersionAsOf(version);
        List<DataFile> files = new ArrayList<>();
        for (AddFile add : snapshot.getAllFiles()) {
            files.add(new DataFile(
                    decoded(add.getPath()),
                    Optional.empty(),
                    add.getPartitionValues(),
                    add.getSize(),
                    Optional.empty()));
        }
        return new Listing("Delta Standalone", version, metadata(snapshot.getMetadata()), files);
    }

    private static String decoded(String path) {
        try {
            URI uri = new URI(path);
            if (uri.isAbsolute() || uri.getPath().startsWith("/")) {
                throw new TableException("The log names a data file outside the table; it was not opened.");
            }
            return uri.getPath();
        } catch (URISyntaxException e) {
            throw new TableException("The log names a data file by '" + path + "', which is not a URI.", e);
        }
    }

    private static TableMetadata metadata(Metadata metadata) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : metadata.getSchema().getFields()) {
            String type = field.getDataType().getTypeName();
            columns.add(new Column(field.getName(), field.getName(), OptionalInt.empty(), type(type), type));
        }
        return new TableMetadata(
                metadata.getId(), "", columns, metadata.getPartitionColumns(), metadata.getConfiguration(), false);
    }

    private static ColumnType type(String name) {
        if (name.startsWith("decimal")) {
            return ColumnType.DECIMAL;
        }
        try {
            return ColumnType.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return ColumnType.OTHER;
        }
    }

    private static Listing kernel(DeltaLog log, long version) {
        try (TableSnapshot snapshot = log.snapshot(version)) {
            List<DataFile> files = new ArrayList<>();
            for (Iterator<DataFile> live = snapshot.files(); live.hasNext(); ) {
                files.add(live.next());
            }
            return new Listing(
                    "Delta Kernel (Delta Standalone cannot read this table)", version, snapshot.metadata(), files);
        }
    }
}
