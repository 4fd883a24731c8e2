package io.tidemark.web.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How often a table's stored state was found damaged and counted anew, since this process began, and what users are told of the
 * last time.
 */
public record StateHealth(long renewals, Optional<String> notice) {
    public static final StateHealth GOOD = new StateHealth(0, Optional.empty());

    /** @param found what was damaged, and how; a sentence without its full stop */
    StateHealth renewed(String found, Instant now) {
        return new StateHealth(
                renewals + 1,
                Optional.of(found + ". It was set aside at " + now.truncatedTo(ChronoUnit.SECONDS)
                        + ", and the table was counted anew: what is served is exact. Check the disk of the state directory"
                        + " and the memory of the machine."));
    }
}
