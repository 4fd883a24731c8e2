package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableSnapshot;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares the last applied commit with what the log holds under its version now. */
final class HistoryCheck {

    enum Verdict {
        /** The same bytes. */
        SAME,
        /** It cannot be told: the commit's object was cleaned up, while the log goes on. */
        UNKNOWN,
        /** Another commit has this version now, or the log ends before it. */
        REWRITTEN,
        /** There is no log any more. */
        NO_TABLE
    }

    private final DeltaLog log;

    HistoryCheck(DeltaLog log) {
        this.log = log;
    }

    Verdict of(Position applied) {
        Optional<String> now = log.fingerprint(applied.version());
        if (now.isPresent()) {
            if (applied.fingerprint().isEmpty()) {
                return Verdict.UNKNOWN;
            }
            return now.get().equals(applied.fingerprint()) ? Verdict.SAME : Verdict.REWRITTEN;
        }
        OptionalLong latest = log.latestVersion(-1);
        if (latest.isEmpty()) {
            return Verdict.NO_TABLE;
        }
        return latest.getAsLong() < applied.version() ? Verdict.REWRITTEN : Verdict.UNKNOWN;
    }

    /** Why a table was brought to a snapshot instead of followed, for operators. */
    static String describe(Position from, TableSnapshot to, boolean newEpoch) {
        String now = ". Brought to the newest snapshot, version " + to.version();
        if (!to.metadata().id().equals(from.tableId())) {
            return "Another table is here now (its id is " + to.metadata().id() + ", it was " + from.tableId() + ")"
                    + now + ", as a new epoch";
        }
        return newEpoch
                ? "The log was rewritten: it ends before version " + from.version()
                        + ", or has another commit under that number" + now + ", as a new epoch"
                : "The commits after version " + from.version() + " cannot be followed one by one" + now;
    }
}
