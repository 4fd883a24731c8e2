package io.tidemark.views.analysis;

/**
 * Cohorts: ids by the unit of time in which they were first seen, and in how many units later they were seen again.
 *
 * @param first number of the first unit; meaningless if there are no counts
 * @param counts {@code counts[c][k]} is the number of ids that were first seen in unit {@code first + c} and seen in unit
 *     {@code first + c + k}; a row for each unit up to the last one with an id, as long as there are units left
 */
public record CohortTable(CohortUnit unit, int first, long[][] counts) {

    /** All ids. */
    public long ids() {
        long all = 0;
        for (long[] cohort : counts) {
            all += cohort[0];
        }
        return all;
    }
}
