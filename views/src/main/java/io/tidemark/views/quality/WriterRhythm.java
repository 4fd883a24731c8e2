package io.tidemark.views.quality;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a writer lets pass between two commits, and from when on its silence is unlike it: when it is ten times as long as
 * nearly all of the last intervals, a minute at least, and twice as long as any pause that happened twice lately. So a writer that
 * works by night is wondered at for two days, and not again; and a single outage does not hide the next.
 *
 * <p>Learned from the times of commits alone, however late they are followed.
 */
final class WriterRhythm {
    static final int REMEMBERED = 64;
    static final int LONG_PAUSES = 32;
    /** From fewer intervals nothing is concluded. */
    static final int ENOUGH = 20;

    private static final double NEARLY_ALL = 0.95;
    private static final long TIMES_AS_LONG = 10;
    private static final long LEAST_MILLIS = 60_000;

    private final RecentTimes intervals = new RecentTimes(REMEMBERED);
    private final RecentTimes longPauses = new RecentTimes(LONG_PAUSES);
    private Instant last; // null: of none is known when it was
    private long limit; // 0: to be computed

    /** The next commit after the one before. */
    void commit(Instant at) {
        if (last != null) {
            interval(Math.max(0, millis(last, at)));
        }
        last = at;
    }

    /** A commit; those before it were not seen. */
    void leapTo(Instant at) {
        last = at;
    }

    private void interval(long millis) {
        if (millis > LEAST_MILLIS && intervals.size() >= ENOUGH && millis > unlikeMillis()) {
            longPauses.add(millis);
        }
        intervals.add(millis);
        limit = 0;
    }

    private long limit() {
        if (limit == 0) {
            limit = Math.max(unlikeMillis(), times(2, longPauses.secondLongest()));
        }
        return limit;
    }

    private long unlikeMillis() {
        return Math.max(LEAST_MILLIS, times(TIMES_AS_LONG, usual()));
    }

    private static long times(long n, long millis) {
        return millis > Long.MAX_VALUE / n ? Long.MAX_VALUE : n * millis;
    }

    private long usual() {
        return intervals.quantile(NEARLY_ALL);
    }

    /** Whether silence since then is longer than the writer's rhythm lets expect. */
    boolean isQuiet(Instant since, Instant now) {
        return intervals.size() >= ENOUGH && millis(since, now) > limit();
    }

    /** For users; to be asked when there is a rhythm. */
    String describe() {
        return "of the last " + intervals.size() + " commits nearly all came within "
                + duration(Duration.ofMillis(Math.max(1000, usual()))) + " of the one before";
    }

    private static String duration(Duration time) {
        if (time.toSeconds() < 120) {
            return Words.many(time.toSeconds(), "second");
        }
        return time.toMinutes() < 120 ? Words.many(time.toMinutes(), "minute") : Words.many(time.toHours(), "hour");
    }

    private static long millis(Instant from, Instant to) {
        try {
            return Duration.between(from, to).toMillis();
        } catch (ArithmeticException | DateTimeException e) {
            return 0; // Times that absurd say nothing.
        }
    }

    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    long[] intervals() {
        return intervals.inOrder();
    }

    long[] longPauses() {
        return longPauses.inOrder();
    }

    /** A rhythm that was learned before. */
    static WriterRhythm of(Instant last, long[] intervals, long[] longPauses) {
        WriterRhythm rhythm = new WriterRhythm();
        rhythm.last = last;
        for (long interval : intervals) {
            rhythm.intervals.add(interval);
        }
        for (long pause : longPauses) {
            rhythm.longPauses.add(pause);
        }
        return rhythm;
    }
}
