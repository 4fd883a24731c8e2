package io.tidemark.views.store;

import java.util.Comparator;

/** A hash of 128 bits. */
record HashKey(long high, long low) {
    /** The order of their bytes. */
    static final Comparator<HashKey> AS_BYTES =
            (a, b) -> a.high != b.high ? Long.compareUnsigned(a.high, b.high) : Long.compareUnsigned(a.low, b.low);
}
