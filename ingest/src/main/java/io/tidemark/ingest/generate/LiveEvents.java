package io.tidemark.ingest.generate;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Events as they happen: a steady rate, each with the time at which it was due. Not thread-safe. */
public final class LiveEvents {
    /** One of so many events begins a session. */
    private static final int EVENTS_A_VISIT = 12;

    private static final int USERS = 50_000;

    private final EventGenerator events;
    private final Ticks ticks;
    private Ticks.Tick tick;
    private long done;

    /**
     * @param seed decides the sessions: another one after each start, or they come twice
     * @param rate events a second, above 0
     * @param interval pause between two looks at what is due
     * @param stop asked several times a second
     */
    public LiveEvents(long seed, double rate, Duration interval, BooleanSupplier stop) {
        events = new EventGenerator(seed, USERS, EventStream.openVisits(rate));
        ticks = new Ticks(interval, rate, stop);
    }

    /**
     * Waits until events are due, and fills a batch with as many of them as it holds, after emptying it.
     *
     * @return false if it is time to stop
     */
    public boolean next(EventBatch batch) {
        batch.clear();
        if (tick == null || done == tick.events()) {
            tick = ticks.next();
            done = 0;
        }
        if (tick == null) {
            return false;
        }
        for (; done < tick.events() && batch.size() < batch.capacity(); done++) {
            events.next(batch, tick.micros(done), events.dice().oneIn(EVENTS_A_VISIT));
        }
        return true;
    }
}
