package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.ToIntFunction;

/**
 * Ordered parts, summed as a merge sort merges its runs: each is more than twice as long as the next. So a thousand small parts
 * do not each pay for the long one that they go into. One thread.
 *
 * @param <T> a part: immutable, in some order that sums keep
 */
public final class Runs<T> {
    private final ToIntFunction<T> size;
    private final BinaryOperator<T> plus;
    private final List<T> runs = new ArrayList<>(2);

    /**
     * @param size number of entries of a part
     * @param plus the sum of two parts, in the time that going through both takes
     */
    public Runs(ToIntFunction<T> size, BinaryOperator<T> plus) {
        this.size = size;
        this.plus = plus;
    }

    public void add(T part) {
        T last = part;
        while (!runs.isEmpty() && size.applyAsInt(runs.get(runs.size() - 1)) <= 2L * size.applyAsInt(last)) {
            last = plus.apply(removeLast(), last);
        }
        runs.add(last);
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Number of entries that are held here, some of them maybe more than once. */
    public long held() {
        long held = 0;
        for (T run : runs) {
            held += size.applyAsInt(run);
        }
        return held;
    }

    /** The sum; there must have been a part. Parts are let go as they are added up: only the sum is held here afterwards. */
    public T sum() {
        T sum = removeLast();
        while (!runs.isEmpty()) {
            sum = plus.apply(removeLast(), sum);
        }
        runs.add(sum);
        return sum;
    }

    private T removeLast() {
        return runs.remove(runs.size() - 1);
    }
}
