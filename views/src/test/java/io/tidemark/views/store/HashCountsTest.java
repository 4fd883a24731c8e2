package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HashCountsTest {
    @Test
    void sumsAreVisitedInTheOrderOfTheBytesOfTheirKeysHoweverMuchTheseHaveInCommon() {
        Random random = Seed.random("HashCountsTest");
        HashCounts counts = new HashCounts();
        Map<HashKey, Integer> model = new TreeMap<>(HashKey.AS_BYTES);
        for (int i = 0; i < 5_000; i++) {
            HashKey key = new HashKey(
                    (long) (random.nextInt(8) - 4) << 61 | random.nextInt(3),
                    random.nextBoolean() ? random.nextLong() : random.nextInt(50));
            int change = random.nextInt(5) - 2;
            counts.add(key.high(), key.low(), change);
            model.merge(key, change, Integer::sum);
        }
        model.values().removeIf(sum -> sum == 0);

        List<HashKey> visited = new ArrayList<>();
        counts.forEachSorted((high, low, count) -> {
            visited.add(new HashKey(high, low));
            assertThat(count).isEqualTo(model.get(new HashKey(high, low)));
        });

        assertThat(visited).containsExactlyElementsOf(model.keySet());
    }
}
