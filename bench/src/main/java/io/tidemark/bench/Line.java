package io.tidemark.bench;

import java.util.Optional;

/**
 * One line of the results.
 *
 * @param about the case
 * @param what was measured
 * @param ours Tidemark's number
 * @param peer the peer's, in the same unit; NaN: there is none
 * @param unit of both
 * @param ratio how many times as fast as the peer by the clock; NaN: there is none
 * @param cpuRatio the same by processor time
 * @param judged what is held against the goal
 * @param note what has to be known beside it
 */
public record Line(
        String about,
        String what,
        double ours,
        double peer,
        String unit,
        double ratio,
        double cpuRatio,
        double judged,
        Optional<Goal> goal,
        String note) {

    /**
     * Two contenders. Held against the goal is the processor time where both work on one thread, as nothing else on the machine
     * changes it; else the clock.
     */
    public static Line race(String about, String what, Contest contest, Times ours, Times peer, Goal goal) {
        double wall = peer.wall() / ours.wall();
        // The clock of a process has ticks, within which a short one may seem to have cost nothing.
        double cpu = ours.cpu() == 0 ? Double.NaN : peer.cpu() / ours.cpu();
        return new Line(
                about,
                what,
                ours.wall(),
                peer.wall(),
                "ms",
                wall,
                cpu,
                contest.isOnOneThread() ? cpu : wall,
                Optional.ofNullable(goal),
                "");
    }

    /** A number without a peer. */
    public static Line number(String about, String what, double value, String unit, Goal goal) {
        return new Line(
                about, what, value, Double.NaN, unit, Double.NaN, Double.NaN, value, Optional.ofNullable(goal), "");
    }

    /** Is held against the goal by another number. */
    public Line judgedBy(double value) {
        return new Line(about, what, ours, peer, unit, ratio, cpuRatio, value, goal, note);
    }

    public Line noting(String text) {
        return new Line(about, what, ours, peer, unit, ratio, cpuRatio, judged, goal, text);
    }

    /** Empty: there is no goal. */
    public Optional<Boolean> met() {
        return goal.map(of -> of.isMetBy(judged));
    }
}
