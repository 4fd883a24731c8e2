package io.tidemark.views.cube;

import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.util.Comparator;
import java.util.List;

/** The order in which groups are served: count descending, then value by code points, null first. */
final class ServedOrder {

    /** By code points, null first. {@link String#compareTo} puts what is beyond U+FFFF before U+E000. */
    static final Comparator<String> VALUES = Comparator.nullsFirst(ServedOrder::compareCodePoints);

    private static final Comparator<ValueCount> VALUE_COUNTS =
            Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value, VALUES);

    private static final Comparator<PairCount> PAIR_COUNTS = Comparator.comparingLong(PairCount::count)
            .reversed()
            .thenComparing(PairCount::first, VALUES)
            .thenComparing(PairCount::second, VALUES);

    private ServedOrder() {}

    static List<ValueCount> values(List<ValueCount> counts) {
        counts.sort(VALUE_COUNTS);
        return List.copyOf(counts);
    }

    static List<PairCount> pairs(List<PairCount> counts) {
        counts.sort(PAIR_COUNTS);
        return List.copyOf(counts);
    }

    private static int compareCodePoints(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftBeyond = Character.isSurrogate(left);
                return leftBeyond == Character.isSurrogate(right) ? left - right : leftBeyond ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
