package io.tidemark.views.cube;

/**
 * How many groups of a view are listed in one answer or message. What is not listed is summed, exactly.
 *
 * @param values of a dimension: those with the highest counts
 * @param pairs of the heatmap: those with the highest counts
 * @param hours the newest
 * @param valueLength a group with a longer value, in UTF-16 units, is not listed whatever its count
 */
public record ServedLimits(int values, int pairs, int hours, int valueLength) {

    /** Eleven years of hours; a page of some 6 MB at the most where values are short, and 1 MB without so many hours. */
    public static final ServedLimits DEFAULT = new ServedLimits(1_000, 10_000, 100_000, 1_024);

    /** Everything is listed. */
    public static final ServedLimits NONE =
            new ServedLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public ServedLimits {
        if (Math.min(Math.min(values, pairs), Math.min(hours, valueLength)) < 1) {
            throw new IllegalArgumentException("limits must be positive: " + values + ", " + pairs + ", " + hours);
        }
    }

    /** As many groups of every view. */
    public ServedLimits withGroups(int groups) {
        return new ServedLimits(groups, groups, groups, valueLength);
    }
}
