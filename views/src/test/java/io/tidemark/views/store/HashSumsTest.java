package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashSumsTest {
    @Test
    void sumsOfAnyListsComeInTheOrderOfTheBytesOfTheirKeysWithoutThoseThatAreZero() {
        Random random = Seed.random("HashSumsTest");
        HashSums sums = new HashSums();
        Map<HashKey, Integer> model = new TreeMap<>(HashKey.AS_BYTES);
        for (int list = 0; list < 300; list++) {
            int number = random.nextBoolean() ? 1 : -1;
            TreeSet<HashKey> keys = new TreeSet<>(HashKey.AS_BYTES);
            for (int i = random.nextInt(random.nextInt(20) == 0 ? 500 : 20); i > 0; i--) {
                // Few different ones, on both sides of zero, many of which differ in their second half alone.
                keys.add(new HashKey((long) (random.nextInt(8) - 4) << 61, random.nextInt(100) - 50));
            }
            sums.add(
                    keys.stream()
                            .flatMapToLong(key -> LongStream.of(key.high(), key.low()))
                            .toArray(),
                    number);
            keys.forEach(key -> model.merge(key, number, Integer::sum));
            if (random.nextInt(50) == 0) {
                assertThat(entries(sums.sum())).isEqualTo(entries(model));
            }
        }
        HashRun sum = sums.sum();
        assertThat(entries(sum)).isEqualTo(entries(model));
        assertThat(sums.held()).isEqualTo(sum.size());
        assertThat(entries(sums.sum())).isEqualTo(entries(model));
    }

    @Test
    void whatIsTakenBackWholeLeavesNothing() {
        HashSums sums = new HashSums();
        assertThat(sums.sum().size()).isZero();
        sums.add(new long[] {1, 2, 3, 4}, 1);
        sums.add(new long[] {1, 2, 3, 4}, -1);
        assertThat(sums.sum().size()).isZero();
        assertThat(sums.held()).isZero();
    }

    private static List<Map.Entry<HashKey, Integer>> entries(HashRun run) {
        List<Map.Entry<HashKey, Integer>> entries = new ArrayList<>();
        run.forEach((high, low, number) -> entries.add(Map.entry(new HashKey(high, low), number)));
        return entries;
    }

    private static List<Map.Entry<HashKey, Integer>> entries(Map<HashKey, Integer> model) {
        return model.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
