package io.tidemark.views.stream;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import java.util.Optional;

/**
 * What is told of a table on an instance that only hears of it: what its tail says, as far as it is true of what is shown here.
 * For one thread.
 */
final class ReplicaStatus {
    /** The tail says something every other second, whatever happens; a rebalance after a killed instance takes longer than a moment. */
    static final long SILENCE_NANOS = 20_000_000_000L;
    /** A cluster that begins has topics to make and tasks to share first. */
    static final long FIRST_WORD_NANOS = 90_000_000_000L;

    private final String table;
    private TailStatus said; // null: nothing was said yet
    private Optional<Halt> halt = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private long heardAt;

    /** @param nowNanos from when on silence counts */
    ReplicaStatus(String table, long nowNanos) {
        this.table = table;
        this.heardAt = nowNanos;
    }

    void heard(TailStatus status, long nowNanos) {
        said = status;
        heardAt = nowNanos;
    }

    void halted(Optional<Halt> why) {
        halt = why;
    }

    /** What is wrong with this very replica; empty: nothing. */
    void troubled(Optional<String> what) {
        trouble = what;
    }

    /** @param shown version that is shown here; -1: none */
    TailStatus at(long shown, long nowNanos) {
        if (trouble.isPresent()) {
            return stale(trouble.get());
        }
        long silence = nowNanos - heardAt;
        long most = said == null ? FIRST_WORD_NANOS : SILENCE_NANOS;
        if (silence > most) {
            return stale("[" + table + "] Nothing was heard of the table for more than " + most / 1_000_000_000L
                    + " s: either no instance of the cluster follows it just now, or Kafka cannot be reached from here."
                    + " The last good version is served.");
        }
        if (said == null) {
            return new TailStatus(
                    shown < 0 ? TailState.WAITING : TailState.CATCHING_UP, Optional.empty(), shown, Optional.empty());
        }
        if (said.state() == TailState.STALE || said.state() == TailState.FAILED || said.state() == TailState.WAITING) {
            return said;
        }
        if (halt.isPresent()) {
            return stale(halt.get().reason());
        }
        if (said.logVersion() > shown) {
            TailState state = shown < 0 ? TailState.BOOTSTRAPPING : TailState.CATCHING_UP;
            return new TailStatus(state, Optional.empty(), said.logVersion(), said.currentAt());
        }
        return said;
    }

    private TailStatus stale(String reason) {
        return new TailStatus(
                TailState.STALE,
                Optional.of(reason),
                said == null ? -1 : said.logVersion(),
                said == null ? Optional.empty() : said.currentAt());
    }
}
