package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.DeltaLog;
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
}
