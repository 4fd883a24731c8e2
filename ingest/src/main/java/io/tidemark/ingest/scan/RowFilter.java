package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows are wanted: a range of the time column, and accepted values of columns. AND across, OR within a column.
 *
 * <p>Values are compared as the text that a scan gives for them: see {@link FileScanner}.
 *
 * @param from first microsecond since 1970 that is wanted; {@link #OPEN_FROM} = no bound
 * @param to first microsecond that is wanted no longer; {@link #OPEN_TO} = no bound, so that even the last one is wanted
 * @param conditions may hold several for one column: then all must be met
 */
public record RowFilter(long from, long to, List<Condition> conditions) {
    public static final long OPEN_FROM = Long.MIN_VALUE;
    public static final long OPEN_TO = Long.MAX_VALUE;

    /** Every row. */
    public static final RowFilter ALL = new RowFilter(OPEN_FROM, OPEN_TO, List.of());

    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /**
     * What a column must be.
     *
     * @param column empty for a column that the table does not have: every row is null there
     * @param texts accepted values
     * @param acceptsNull true if null is accepted
     */
    public record Condition(Optional<Column> column, Set<String> texts, boolean acceptsNull) {
        public Condition {
            Objects.requireNonNull(column, "column");
            texts = Set.copyOf(texts);
        }

        /** @param text null for null */
        boolean accepts(String text) {
            return text == null ? acceptsNull : texts.contains(text);
        }
    }

    /**
     * A filter by instants.
     *
     * @param from inclusive; rounded up to a microsecond, as no time that is stored in microseconds lies between
     * @param to exclusive; rounded up likewise
     */
    public static RowFilter of(Optional<Instant> from, Optional<Instant> to, List<Condition> conditions) {
        return new RowFilter(
                from.map(RowFilter::microsFrom).orElse(OPEN_FROM),
                to.map(RowFilter::microsFrom).orElse(OPEN_TO),
                conditions);
    }

    private static long microsFrom(Instant instant) {
        BigInteger micros = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf((instant.getNano() + 999) / 1_000));
        BigInteger atMost = micros.min(BigInteger.valueOf(OPEN_TO - 1));
        return atMost.max(BigInteger.valueOf(OPEN_FROM + 1)).longValueExact();
    }

    /** True if times matter: then a row without a time does not match. */
    public boolean hasRange() {
        return from != OPEN_FROM || to != OPEN_TO;
    }

    /** True if every row matches. */
    public boolean isAll() {
        return !hasRange() && conditions.isEmpty();
    }

    /** @param micros {@link RowBatch#NO_TIME} for a row without a time */
    boolean acceptsTime(long micros) {
        return !hasRange() || (micros != RowBatch.NO_TIME && micros >= from && (micros < to || to == OPEN_TO));
    }

    /** True if a row with a time within these bounds, both inclusive, may match. */
    boolean mayAcceptTimes(long least, long greatest) {
        return greatest >= from && (least < to || to == OPEN_TO);
    }
}
