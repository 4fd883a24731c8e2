package io.tidemark.views.store;

/** By how many distinct values there are more, as the numbers of files that hold them change one by one. */
public final class DistinctTally {
    private long grown;

    /**
     * @param before number of files that hold a value
     * @return number of files that hold it after the change; 0: it is a value of the table no longer
     * @throws IllegalStateException if it would be held by less than no files
     */
    public long after(long before, int change) {
        long after = Math.addExact(before, change);
        if (after < 0) {
            throw new IllegalStateException("a distinct value would be taken back from more files than hold it");
        }
        grown += (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        return after;
    }

    public long grown() {
        return grown;
    }
}
