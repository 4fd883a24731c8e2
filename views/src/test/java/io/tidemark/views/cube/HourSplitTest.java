package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file numbers its combinations as it likes; the cells of an hour come in the table's order. */
class HourSplitTest {

    @ParameterizedTest
    @CsvSource({"1, 10", "50, 60", "50, 100000", "800, 1000", "5000, 5000"})
    void theCellsOfAnHourComeInTheOrderOfTheTablesCombinationsWithTheirCounts(int cells, int combinations) {
        Random random = Seed.random("HourSplitTest");
        int[] toCombination = new int[cells];
        List<Integer> ofTable =
                new ArrayList<>(IntStream.range(0, combinations).boxed().toList());
        Collections.shuffle(ofTable, random);
        Arrays.setAll(toCombination, ofTable::get);
        // Two hours, the second with every third cell only: nothing of the first may be left over.
        int[] second = IntStream.range(0, cells).filter(cell -> cell % 3 == 0).toArray();
        int[] of = IntStream.concat(IntStream.range(0, cells), Arrays.stream(second))
                .toArray();
        long[] hours =
                IntStream.range(0, of.length).mapToLong(i -> i < cells ? 7 : 8).toArray();
        long[] counts = random.longs(of.length, 1, 1L << 40).toArray();

        List<HourBlock> blocks = HourSplit.blocks(counts(hours, of, counts), toCombination);

        List<HourBlock> expected = List.of(
                sorted(7, toCombination, Arrays.copyOf(of, cells), Arrays.copyOf(counts, cells)),
                sorted(8, toCombination, second, Arrays.copyOfRange(counts, cells, of.length)));
        assertThat(blocks).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3", "800"})
    void aCellThatIsThereTwiceIsRefused(int cells) {
        int[] toCombination =
                IntStream.range(0, cells).map(cell -> cells - cell).toArray();
        int[] of = IntStream.range(0, cells).toArray();
        of[cells - 1] = 0;
        long[] ones = new long[cells];
        Arrays.fill(ones, 1);
        FileCounts twice = counts(new long[cells], of, ones);
        assertThatThrownBy(() -> HourSplit.blocks(twice, toCombination)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hoursThatComeBackAreRefused() {
        FileCounts back = counts(new long[] {5, 4}, new int[] {0, 0}, new long[] {1, 1});
        assertThatThrownBy(() -> new Dictionary(0).intern(back, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FileCounts counts(long[] hours, int[] cells, long[] counts) {
        return new FileCounts(Arrays.stream(counts).sum(), List.of(), new int[1][0], hours, cells, counts, new long[0]);
    }

    private static HourBlock sorted(long hour, int[] toCombination, int[] cells, long[] counts) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, cells.length).boxed().toList());
        order.sort((a, b) -> Integer.compare(toCombination[cells[a]], toCombination[cells[b]]));
        return new HourBlock(
                hour,
                order.stream().mapToInt(i -> toCombination[cells[i]]).toArray(),
                order.stream().mapToLong(i -> counts[i]).toArray());
    }
}
