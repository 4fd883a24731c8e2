package io.tidemark.ingest.scan;

/** Hours since the epoch, UTC, floor division; one for each row of a batch. */
public interface HourVector {

    /** In place of the hour of a row that has no time. No representable time has this hour. */
    long NO_TIME = Long.MIN_VALUE;

    /** True if all rows have one hour: then {@link #hours()} need not be looked at. */
    boolean isConstant();

    /** The hour of every row; only if {@link #isConstant()}. */
    long constant();

    /** The hours, filled up to the batch's number of rows; not to be changed. Only if not {@link #isConstant()}. */
    long[] hours();
}
