package io.tidemark.views.store;

import java.util.Arrays;

/**
 * Signed numbers by 128-bit hash, summed as a merge sort merges its runs: each is more than twice as long as the next. Files
 * have their hashes in order already, and order is what a state is written in: no hash is looked up. One thread.
 */
public final class HashSums {
    private HashRun[] runs = new HashRun[8];
    private int count;
    private int held;

    /**
     * @param hashes high and low half in turn, ascending as unsigned numbers, each once; not to be changed afterwards
     * @param number is added to that of each; not zero
     */
    public void add(long[] hashes, int number) {
        HashRun last = HashRun.of(hashes, number);
        while (count > 0 && runs[count - 1].size() <= 2 * last.size()) {
            last = pop().plus(last);
        }
        push(last);
    }

    /** Number of hashes that are held here, some of them maybe more than once: 20 bytes each. */
    public int held() {
        return held;
    }

    /** All sums that are not zero. Only they are held here afterwards. */
    public HashRun sum() {
        HashRun sum = count == 0 ? HashRun.empty() : pop();
        while (count > 0) {
            sum = pop().plus(sum);
        }
        push(sum);
        return sum;
    }

    private HashRun pop() {
        HashRun run = runs[--count];
        runs[count] = null;
        held -= run.size();
        return run;
    }

    private void push(HashRun run) {
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * count);
        }
        runs[count++] = run;
        held += run.size();
    }
}
