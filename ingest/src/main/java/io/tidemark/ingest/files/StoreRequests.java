package io.tidemark.ingest.files;

import java.util.concurrent.atomic.LongAdder;

/** The requests that one table cost its object store, counted since it was opened. Safe for use by many threads. */
public final class StoreRequests {

    /** What was asked for. */
    public enum Operation {
        /** An object, or a part of one. */
        GET,
        /** What is known of an object. */
        HEAD,
        /** One page of a listing. */
        LIST
    }

    /** What came of it. */
    public enum Outcome {
        OK,
        /** Nothing is stored there. */
        ABSENT,
        /** The store said no, and would say so again. */
        REFUSED,
        /** The store asked for fewer requests. */
        THROTTLED,
        /** No answer, an error of the store, or a body that was not whole. */
        FAILED
    }

    private final LongAdder[][] counts = new LongAdder[Operation.values().length][Outcome.values().length];
    private final LongAdder bytes = new LongAdder();

    StoreRequests() {
        for (LongAdder[] row : counts) {
            for (int i = 0; i < row.length; i++) {
                row[i] = new LongAdder();
            }
        }
    }

    void add(Operation operation, Outcome outcome) {
        counts[operation.ordinal()][outcome.ordinal()].increment();
    }

    void addBytes(long count) {
        bytes.add(count);
    }

    /** How many requests; one that was tried again counts as often. */
    public long count(Operation operation, Outcome outcome) {
        return counts[operation.ordinal()][outcome.ordinal()].sum();
    }

    /** Bytes of objects that arrived. */
    public long bytes() {
        return bytes.sum();
    }
}
