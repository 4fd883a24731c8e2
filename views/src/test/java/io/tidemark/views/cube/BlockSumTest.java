package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlockSumTest {
    private final Random random = Seed.random("BlockSumTest");

    @Test
    void sumsOfAnyBlocksAreThoseOfAMapHoweverTheyAreMade() {
        for (int round = 0; round < 100; round++) {
            int combinations = 1 + random.nextInt(300);
            HourBlock[] blocks = new HourBlock[1 + random.nextInt(20)];
            Map<Integer, Long> model = new TreeMap<>();
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = block(i, combinations);
                for (int cell = 0; cell < blocks[i].size(); cell++) {
                    model.merge(blocks[i].combination(cell), blocks[i].count(cell), Long::sum);
                }
            }
            HourBlock expected = new HourBlock(
                    0,
                    model.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    model.values().stream().mapToLong(Long::longValue).toArray());
            assertThat(BlockSum.of(blocks)).isEqualTo(expected);
            assertThat(BlockSum.inPlaces(blocks, combinations)).isEqualTo(expected);
            assertThat(BlockSum.merged(blocks)).isEqualTo(expected);
        }
    }

    @Test
    void aCombinationWithAHighNumberIsSummedAsAnyOther() {
        HourBlock[] blocks = {
            new HourBlock(1, new int[] {3, Integer.MAX_VALUE}, new long[] {1, 2}),
            new HourBlock(2, new int[] {3}, new long[] {5})
        };
        assertThat(BlockSum.of(blocks))
                .isEqualTo(new HourBlock(0, new int[] {3, Integer.MAX_VALUE}, new long[] {6, 2}));
    }

    @Test
    void sumsBeyondALongAreSaidToBe() {
        HourBlock[] blocks = {
            new HourBlock(1, new int[] {0}, new long[] {Long.MAX_VALUE}),
            new HourBlock(2, new int[] {0}, new long[] {1})
        };
        assertThatThrownBy(() -> BlockSum.of(blocks)).isInstanceOf(ArithmeticException.class);
    }

    private HourBlock block(long hour, int combinations) {
        int[] ids = random.ints(random.nextInt(50), 0, combinations)
                .sorted()
                .distinct()
                .toArray();
        return new HourBlock(hour, ids, random.longs(ids.length, 1, 1L << 40).toArray());
    }
}
