package io.tidemark.web.limits;

import io.tidemark.web.config.Rate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds each client to the same rate. Remembers a bounded number of them: beyond, the one that was not seen for longest is
 * forgotten, and begins anew if it comes again. Safe for use by many threads.
 */
public final class Paces {
    static final int MOST_CLIENTS = 20_000;

    private final Rate rate;
    private final LongSupplier clock;
    private final Map<String, Pace> clients = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pace> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    public Paces(Rate rate) {
        this(rate, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    Paces(Rate rate, LongSupplier clock) {
        this.rate = rate;
        this.clock = clock;
    }

    /**
     * Counts one.
     *
     * @param client empty: one whose rate is not limited
     * @return nanoseconds to wait; 0: it may go on, and was counted
     */
    public long take(Optional<String> client) {
        return client.isEmpty() || rate.equals(Rate.UNLIMITED)
                ? 0
                : pace(client.get()).take(clock.getAsLong());
    }

    /** As {@link #take}, but counts nothing. */
    public long delay(Optional<String> client) {
        Pace known;
        synchronized (clients) {
            known = client.map(clients::get).orElse(null);
        }
        return known == null ? 0 : known.delay(clock.getAsLong());
    }

    private Pace pace(String client) {
        synchronized (clients) {
            return clients.computeIfAbsent(client, name -> new Pace(rate, clock.getAsLong()));
        }
    }

    int clients() {
        synchronized (clients) {
            return clients.size();
        }
    }
}
