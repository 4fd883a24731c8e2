package io.tidemark.ingest.tail;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Finds the writer's rhythm, and when to ask for its next commit.
 *
 * <p>The pause is a tenth of the usual time between commits, or of the silence since the last one if that is longer: so the delay
 * that polling adds is small beside the time that a writer takes, and a silent table costs ever less. Of a writer that keeps time,
 * the next commit is known beforehand: few questions are asked before it is due, and close ones while it is. Where commits are told
 * of, polling is a net only.
 *
 * <p>For the tailer's thread, but for {@link #woken()}.
 */
final class PollRhythm {
    /** So many gaps between commits are looked at: enough to tell a rhythm, few enough to follow a new one. */
    private static final int GAPS = 8;

    private static final int LEAST_GAPS = 4;
    private static final int PER_GAP = 10;

    private final PollInterval interval;
    private final LongSupplier nanos;
    private final long[] gaps = new long[GAPS];
    private int known;
    private long last;
    /** When the log was last found to hold nothing new. */
    private long asked;
    /** How much earlier than it was found the last commit may have been there. */
    private long unsure;

    private boolean waited;
    private boolean reliablyTold;
    private volatile boolean told;

    /** @param nanos a clock that only moves on */
    PollRhythm(PollInterval interval, LongSupplier nanos) {
        this.interval = interval;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    /** Something other than the clock says that there may be a commit. For any thread. */
    void woken() {
        told = true;
    }

    /** Commits were found. Those that were there without waiting tell nothing of the writer's time. */
    void found() {
        long now = nanos.getAsLong();
        if (waited) {
            gaps[known++ % GAPS] = now - last;
            unsure = now - asked;
            reliablyTold = told;
        }
        told = false;
        waited = false;
        last = now;
    }

    /** The log holds nothing new: how long to wait before it is asked again. */
    Duration pause() {
        waited = true;
        told = false;
        asked = nanos.getAsLong();
        if (interval.isFixed() || reliablyTold) {
            return interval.most();
        }
        long pause = untilAsked(asked - last);
        return Duration.ofNanos(Math.max(
                interval.least().toNanos(), Math.min(pause, interval.most().toNanos())));
    }

    private long untilAsked(long silence) {
        if (known == 0) {
            return silence / PER_GAP;
        }
        long usual = median(gaps, Math.min(known, GAPS));
        long pause = Math.max(usual, silence) / PER_GAP;
        long spread = Math.max(spread(usual), unsure / 2);
        if (known < LEAST_GAPS || 4 * spread > usual) {
            return pause;
        }
        long due = usual - 3 * spread;
        if (silence < due) {
            return Math.min(due - silence, Math.max(pause, usual / 4));
        }
        return silence <= usual + 3 * spread ? Math.min(pause, spread / 2) : pause;
    }

    /** How far gaps are from the usual one, by half of them. */
    private long spread(long usual) {
        int count = Math.min(known, GAPS);
        long[] distances = new long[count];
        for (int i = 0; i < count; i++) {
            distances[i] = Math.abs(gaps[i] - usual);
        }
        return median(distances, count);
    }

    private static long median(long[] values, int count) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
