package io.tidemark.web.limits;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** How often something was refused, by reason. Safe for use by many threads. */
public final class Refusals {
    private final LongAdder[] counts = new LongAdder[Refusal.values().length];

    public Refusals() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void count(Refusal reason) {
        counts[reason.ordinal()].increment();
    }

    /** Counts a refusal, if it is one; true if it is. */
    public boolean count(Optional<Refusal> reason) {
        reason.ifPresent(this::count);
        return reason.isPresent();
    }

    public long of(Refusal reason) {
        return counts[reason.ordinal()].sum();
    }
}
