package io.tidemark.views.analysis;

import java.time.LocalDate;

/** What a cohort's time is cut into: days or ISO weeks (from Monday) of UTC. */
public enum CohortUnit {
    DAY("day", 1, 0),
    // 1970 began with a Thursday.
    WEEK("week", 7, 3);

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final String word;
    private final int days;
    private final int daysBefore1970;

    CohortUnit(String word, int days, int daysBefore1970) {
        this.word = word;
        this.days = days;
        this.daysBefore1970 = daysBefore1970;
    }

    /** As clients write it. */
    public String word() {
        return word;
    }

    /** Number of the unit that a time is in; consecutive, and within an int. */
    int of(long micros) {
        return (int) Math.floorDiv(Math.floorDiv(micros, MICROS_PER_DAY) + daysBefore1970, (long) days);
    }

    /** The day with which a unit begins. */
    public LocalDate start(int number) {
        return LocalDate.ofEpochDay((long) number * days - daysBefore1970);
    }
}
