package io.tidemark.views.store;

import io.tidemark.views.cube.Runs;

/**
 * Signed numbers by 128-bit hash, summed run by run. Files have their hashes in order already, and order is what a state is
 * written in: no hash is looked up. One thread.
 */
public final class HashSums {
    private final Runs<HashRun> runs = new Runs<>(HashRun::size, HashRun::plus);

    /**
     * @param hashes high and low half in turn, ascending as unsigned numbers, each once; not to be changed afterwards
     * @param number is added to that of each; not zero
     */
    public void add(long[] hashes, int number) {
        runs.add(HashRun.of(hashes, number));
    }

    /** Number of hashes that are held here, some of them maybe more than once: 20 bytes each. */
    public long held() {
        return runs.held();
    }

    /** All sums that are not zero. Only they are held here afterwards. */
    public HashRun sum() {
        return runs.isEmpty() ? HashRun.empty() : runs.sum();
    }
}
