package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;

/** Why a table cannot be followed further when nothing is wrong with any one commit; sentences for users. */
final class Stops {
    private final String table;
    private final DeltaLog log;

    Stops(String table, DeltaLog log) {
        this.table = table;
        this.log = log;
    }

    TableException gone(Position applied) {
        return new TableException("[" + table + "@" + applied.version()
                + "] The table is gone: its log holds no version any more. Restore it, or write it anew; the last version"
                + " is served until then.");
    }

    TableException missing(long version) {
        String file = String.format("_delta_log/%020d.json", version);
        return new TableException("[" + table + "@" + version + "] Commit " + version + " (" + file
                + ") is missing, but the log goes on after it, and no checkpoint tells what it did. Restore the file;"
                + " version " + (version - 1) + " is served until then.");
    }

    /** Of a version whose commit is there. */
    TableException noSnapshotOf(long version) {
        try (TableSnapshot snapshot = log.snapshot(version)) {
            return new TableException("[" + table + "@" + snapshot.version()
                    + "] The log changed while it was read. It is read again; there is nothing to be done.");
        } catch (TableException e) {
            return e;
        }
    }
}
