package io.tidemark.views.analysis;

/** Cohorts would be of more units of time than a table of them may have. The message is for users. */
public final class TooManyPeriodsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyPeriodsException(CohortUnit unit, int first, int last) {
        super(
                "The rows lie in more than " + CohortTally.MOST_UNITS + " " + unit.word() + "s: there are some of "
                        + unit.start(first) + " and of " + unit.start(last) + ". Choose 'from' and 'to'"
                        + (unit == CohortUnit.DAY ? ", or unit=week." : "."),
                null,
                false,
                false);
    }
}
