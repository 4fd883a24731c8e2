package io.tidemark.views.store;

/**
 * What is counted of a table beside its cube.
 *
 * @param distinct number of distinct values
 * @param files that are live
 * @param bytes of the live files
 */
public record Totals(long distinct, long files, long bytes) {
    public static final Totals NONE = new Totals(0, 0, 0);

    /** @throws IllegalStateException if one of them would be below zero: what is taken back was never given */
    public Totals plus(long moreDistinct, Flow added, Flow removed) {
        return new Totals(
                notNegative(distinct, moreDistinct, "distinct values"),
                notNegative(files, added.files() - removed.files(), "files"),
                notNegative(bytes, Math.subtractExact(added.bytes(), removed.bytes()), "bytes"));
    }

    private static long notNegative(long before, long change, String what) {
        long after = Math.addExact(before, change);
        if (after < 0) {
            throw new IllegalStateException("more " + what + " would be taken back than there are");
        }
        return after;
    }
}
