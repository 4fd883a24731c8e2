package io.tidemark.views.store;

import java.util.Arrays;

/** Hashes of 128 bits in the order of their bytes, each once, and of each a number that is not zero. Immutable. */
public final class HashRun {
    private static final HashRun EMPTY = new HashRun(new long[0], new int[0], 0, 0);

    /** High and low half in turn. */
    private final long[] hashes;
    /** Null: each has the same. */
    private final int[] numbers;

    private final int same;
    private final int size;

    private HashRun(long[] hashes, int[] numbers, int same, int size) {
        this.hashes = hashes;
        this.numbers = numbers;
        this.same = same;
        this.size = size;
    }

    static HashRun empty() {
        return EMPTY;
    }

    /**
     * @param hashes high and low half in turn, ascending as unsigned numbers, each once; not to be changed by others
     * @param number of each; not zero
     */
    static HashRun of(long[] hashes, int number) {
        return new HashRun(hashes, null, number, hashes.length / 2);
    }

    /** Number of hashes. */
    public int size() {
        return size;
    }

    private int number(int i) {
        return numbers == null ? same : numbers[i];
    }

    /** Visits all, in their order. */
    public void forEach(Visitor visitor) {
        forEach(0, size, visitor);
    }

    /** Visits those from one place to another, in their order. */
    void forEach(int from, int to, Visitor visitor) {
        for (int i = from; i < to; i++) {
            visitor.visit(hashes[2 * i], hashes[2 * i + 1], number(i));
        }
    }

    /**
     * The sums of both; a hash whose sum is zero is not in it.
     *
     * @throws ArithmeticException if a sum is beyond an int
     */
    HashRun plus(HashRun other) {
        long[] merged = new long[Math.addExact(2 * size, 2 * other.size)];
        int[] sums = new int[merged.length / 2];
        int n = 0;
        int a = 0;
        int b = 0;
        while (a < size && b < other.size) {
            int order = order(a, other, b);
            if (order < 0) {
                n = put(a++, merged, sums, n);
            } else if (order > 0) {
                n = other.put(b++, merged, sums, n);
            } else {
                int sum = Math.addExact(number(a), other.number(b++));
                int next = put(a++, merged, sums, n);
                sums[n] = sum;
                n = sum == 0 ? n : next;
            }
        }
        n = copyRest(a, merged, sums, n);
        n = other.copyRest(b, merged, sums, n);
        // Most of a large run is not in both: only where much was saved is it worth a copy.
        return n < sums.length / 2
                ? new HashRun(Arrays.copyOf(merged, 2 * n), Arrays.copyOf(sums, n), 0, n)
                : new HashRun(merged, sums, 0, n);
    }

    private int put(int from, long[] merged, int[] sums, int n) {
        merged[2 * n] = hashes[2 * from];
        merged[2 * n + 1] = hashes[2 * from + 1];
        sums[n] = number(from);
        return n + 1;
    }

    private int copyRest(int from, long[] merged, int[] sums, int n) {
        int rest = size - from;
        System.arraycopy(hashes, 2 * from, merged, 2 * n, 2 * rest);
        if (numbers == null) {
            Arrays.fill(sums, n, n + rest, same);
        } else {
            System.arraycopy(numbers, from, sums, n, rest);
        }
        return n + rest;
    }

    private int order(int i, HashRun other, int j) {
        long mine = hashes[2 * i];
        long others = other.hashes[2 * j];
        return mine != others
                ? Long.compareUnsigned(mine, others)
                : Long.compareUnsigned(hashes[2 * i + 1], other.hashes[2 * j + 1]);
    }

    /** Takes a hash and its number. */
    @FunctionalInterface
    public interface Visitor {
        void visit(long high, long low, int number);
    }
}
