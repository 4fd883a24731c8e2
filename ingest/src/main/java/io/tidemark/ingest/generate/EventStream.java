package io.tidemark.ingest.generate;

import java.time.Instant;

/**
 * A known number of events over a range of time, in order of time, in a known number of sessions.
 *
 * <p>The arguments decide every row; how many are taken at once does not matter.
 */
final class EventStream {
    /** Seconds between two events of one session, about. */
    private static final double SECONDS_BETWEEN = 20;

    private static final int MOST_OPEN = 200_000;
    private static final int FEWEST_OPEN = 4;

    private final EventGenerator generator;
    private final Timeline timeline;
    private final long rows;
    private final long sessions;
    private long row;
    private long begun;

    /**
     * @param sessions how many sessions begin; at most {@code rows}
     * @param from inclusive
     * @param to exclusive
     */
    EventStream(long seed, long rows, long sessions, Instant from, Instant to) {
        this.rows = rows;
        this.sessions = sessions;
        double perSecond = (double) rows / Math.max(1, to.getEpochSecond() - from.getEpochSecond());
        int open = openVisits(perSecond);
        generator = new EventGenerator(seed, users(sessions), (int) Math.min(open, Math.max(1, sessions)));
        timeline = new Timeline(from, to, rows);
    }

    static int openVisits(double eventsPerSecond) {
        return (int) Math.max(FEWEST_OPEN, Math.min(MOST_OPEN, eventsPerSecond * SECONDS_BETWEEN));
    }

    static int users(long sessions) {
        return (int) Math.max(10, Math.min(5_000_000, sessions / 3));
    }

    /** Fills a batch after emptying it; it stays empty at the end. */
    void fill(EventBatch batch, long most) {
        batch.clear();
        while (batch.size() < batch.capacity() && batch.size() < most && row < rows) {
            long micros = timeline.micros(row, generator.dice());
            // Evenly: after a share of the rows, the same share of the sessions has begun.
            boolean begins = begun < Math.ceil((double) sessions * (row + 1) / rows);
            generator.next(batch, micros, begins);
            begun += begins ? 1 : 0;
            row++;
        }
    }

    long remaining() {
        return rows - row;
    }
}
