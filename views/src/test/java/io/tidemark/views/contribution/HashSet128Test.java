package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HashSet128Test {
    @Test
    void keepsEachHashOnceInUnsignedOrder() {
        Random random = new Random(11);
        for (int count : new int[] {0, 1, 2, 30, 1000, 20_000}) {
            HashSet128 set = new HashSet128();
            TreeSet<BigInteger> expected = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                long high = random.nextLong();
                long low = random.nextLong();
                for (int repeat = 0; repeat <= i % 3; repeat++) {
                    set.add(high, low);
                }
                expected.add(unsigned(high, low));
            }
            assertThat(numbers(set)).containsExactlyElementsOf(expected);
            assertThat(set.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void hashesThatAreNotSpreadAreKeptAndSortedAllTheSame() {
        HashSet128 set = new HashSet128();
        TreeSet<BigInteger> expected = new TreeSet<>();
        long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 42};
        for (long high : edges) {
            for (int low = -100; low < 100; low++) {
                set.add(high, low);
                set.add(high, low);
                expected.add(unsigned(high, low));
            }
        }
        assertThat(numbers(set)).containsExactlyElementsOf(expected);
    }

    private static List<BigInteger> numbers(HashSet128 set) {
        long[] sorted = set.sorted();
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < sorted.length; i += 2) {
            numbers.add(unsigned(sorted[i], sorted[i + 1]));
        }
        return numbers;
    }

    private static BigInteger unsigned(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }
}
