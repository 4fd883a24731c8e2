package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CubeTest {
    private static final int DIMENSIONS = 3;
    private final Dictionary dictionary = new Dictionary(DIMENSIONS);

    @Test
    void afterAnyAddsAndRemovesTheCubeHoldsWhatItsLiveFilesHoldAndOlderVersionsStayAsTheyWere() {
        Random random = Seed.random("CubeTest");
        List<List<Row>> live = new ArrayList<>();
        Cube cube = Cube.empty();
        Cube held = cube;
        Map<Row, Long> heldCells = Map.of();
        for (int step = 0; step < 200; step++) {
            CubeDelta.Builder delta = new CubeDelta.Builder();
            for (int i = random.nextInt(4); i > 0 && !live.isEmpty(); i--) {
                delta.subtract(contribution(live.remove(random.nextInt(live.size()))));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                List<Row> file = file(random);
                live.add(file);
                delta.add(contribution(file));
            }
            cube = cube.plus(delta.build());
            Map<Row, Long> expected =
                    NaiveCounts.cells(live.stream().flatMap(List::stream).toList());
            assertThat(NaiveCounts.cells(cube, dictionary.view())).isEqualTo(expected);
            assertThat(cube.cells()).isEqualTo(expected.size());
            assertThat(cube.rows()).isEqualTo(live.stream().mapToInt(List::size).sum());
            assertThat((long) cube.size())
                    .isEqualTo(
                            expected.keySet().stream().map(Row::hour).distinct().count());
            if (step % 20 == 0) {
                assertThat(NaiveCounts.cells(held, dictionary.view())).isEqualTo(heldCells);
                held = cube;
                heldCells = expected;
            }
        }
    }

    @Test
    void visitsTheHoursOfARangeInOrderAndNoOthers() {
        Random random = Seed.random("CubeTest range");
        List<Row> rows = Stream.generate(() -> Row.random(random, DIMENSIONS, 3000, 9))
                .limit(2000)
                .toList();
        Cube cube = Cube.empty()
                .plus(new CubeDelta.Builder().add(contribution(rows)).build());
        long[] all = rows.stream().mapToLong(Row::hour).sorted().distinct().toArray();

        for (int i = 0; i < 200; i++) {
            long from = i % 10 == 0 ? HourBlock.NO_TIME : random.nextInt(4000) - 2000;
            long to = i % 10 == 1 ? Long.MAX_VALUE : random.nextInt(4000) - 2000;
            List<Long> visited = new ArrayList<>();
            cube.forEach(from, to, block -> visited.add(block.hour()));
            assertThat(visited)
                    .isEqualTo(java.util.Arrays.stream(all)
                            .filter(hour -> hour >= from && hour < to)
                            .boxed()
                            .toList());
        }
        assertThat(cube.block(all[0]).orElseThrow().hour()).isEqualTo(all[0]);
        assertThat(cube.block(5000)).isEmpty();
    }

    @Test
    void takingBackWhatWasNeverGivenIsRefused() {
        Contribution once = contribution(List.of(new Row(1, List.of("a", "b", "c"), null)));
        Contribution without = contribution(List.of(new Row(HourBlock.NO_TIME, List.of("a", "b", "c"), null)));
        Cube cube = Cube.empty().plus(new CubeDelta.Builder().add(once).build());

        assertThatThrownBy(() -> cube.plus(
                        new CubeDelta.Builder().subtract(once).subtract(once).build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hour=1");
        assertThatThrownBy(() ->
                        cube.plus(new CubeDelta.Builder().subtract(without).build()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deltasAddUpInAnyOrderAndADeltaLessItselfIsEmpty() {
        Random random = Seed.random("CubeTest delta");
        CubeDelta.Builder oneByOne = new CubeDelta.Builder();
        CubeDelta sum = CubeDelta.empty();
        for (int i = 0; i < 300; i++) {
            Contribution file = contribution(file(random));
            oneByOne.add(file);
            sum = new CubeDelta.Builder().add(file).build().plus(sum);
        }
        assertThat(oneByOne.build()).isEqualTo(sum);
        assertThat(sum.plus(sum.negated()).isEmpty()).isTrue();
        assertThat(CubeDelta.of(sum.blocks())).isEqualTo(sum);
        assertThat(Cube.empty().plus(sum).plus(sum.negated()).size()).isZero();
    }

    private List<Row> file(Random random) {
        int hours = random.nextInt(10) == 0 ? 2000 : 3;
        return Stream.generate(() -> Row.random(random, DIMENSIONS, hours, 30))
                .limit(random.nextInt(40))
                .toList();
    }

    private Contribution contribution(List<Row> rows) {
        return dictionary.intern(NaiveCounts.count(rows, DIMENSIONS), 1);
    }
}
