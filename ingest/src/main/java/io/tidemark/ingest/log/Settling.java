package io.tidemark.ingest.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers since when objects that may not be whole have not changed. Bounded; safe for use by many threads. */
final class Settling {
    private static final int MAX_REMEMBERED = 64;

    private final Clock clock;
    private final Duration settleTime;
    private final Map<Long, Sight> sights = new LinkedHashMap<>();

    private record Sight(String fingerprint, Instant since) {}

    Settling(Clock clock, Duration settleTime) {
        this.clock = clock;
        this.settleTime = settleTime;
    }

    /**
     * Whether an object has been the same for the settle time: since it was first seen so, or since its last write.
     *
     * <p>Both times are this machine's: only local disks show objects before they are whole.
     */
    synchronized boolean isSettled(long version, String fingerprint, Instant modified) {
        Instant now = clock.instant();
        Sight sight = sights.get(version);
        if (sight == null || !sight.fingerprint().equals(fingerprint)) {
            sight = new Sight(fingerprint, modified.isBefore(now) ? modified : now);
            sights.put(version, sight);
            if (sights.size() > MAX_REMEMBERED) {
                sights.remove(sights.keySet().iterator().next());
            }
        }
        return !now.isBefore(sight.since().plus(settleTime));
    }

    synchronized void forget(long version) {
        sights.remove(version);
    }
}
