package io.tidemark.views.verify;

import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.types.StructField;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists the live files with Delta Standalone wherever it can read the table, else with {@link LogReplay}, so that recount and
 * service share no reader of the log; with Delta Kernel only where neither can.
 */
final class Listings {
    private Listings() {}

    /**
     * @param log the service's way of reading the log, for tables that neither other reader can read
     * @throws TableException if none can read the table at that version
     */
    static Listing at(Path table, Configuration conf, DeltaLog log, long version) {
        TableException refusal;
        try {
            return standalone(table, conf, version);
        } catch (TableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Of many types, most of them internal: a newer protocol, a checkpoint that it does not know, damage.
            try {
                return new LogReplay(table, conf).at(version);
            } catch (TableException own) {
                own.addSuppressed(e);
                refusal = own;
            }
        }
        try {
            return kernel(log, version, refusal.getMessage());
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
                    LoggedPath.decoded(table, add.getPath()),
                    Optional.empty(),
                    add.getPartitionValues(),
                    add.getSize(),
                    Optional.empty()));
        }
        return new Listing("Delta Standalone", version, metadata(snapshot.getMetadata()), files);
    }

    private static TableMetadata metadata(Metadata metadata) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : metadata.getSchema().getFields()) {
            String type = field.getDataType().getTypeName();
            columns.add(
                    new Column(field.getName(), field.getName(), OptionalInt.empty(), LoggedSchema.type(type), type));
        }
        return new TableMetadata(
                metadata.getId(), "", columns, metadata.getPartitionColumns(), metadata.getConfiguration(), false);
    }

    private static Listing kernel(DeltaLog log, long version, String why) {
        try (TableSnapshot snapshot = log.snapshot(version)) {
            List<DataFile> files = new ArrayList<>();
            for (Iterator<DataFile> live = snapshot.files(); live.hasNext(); ) {
                files.add(live.next());
            }
            return new Listing(
                    "Delta Kernel, as in the service (Delta Standalone cannot read this table; " + why + ")",
                    version,
                    snapshot.metadata(),
                    files);
        }
    }
}
