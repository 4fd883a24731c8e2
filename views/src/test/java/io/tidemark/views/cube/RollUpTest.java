package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RollUpTest {

    @Test
    void everyViewUnderEveryFilterEqualsARecountAndSoDoesTheRunningOneAfterEveryStep() {
        Random random = Seed.random("RollUpTest");
        for (int dimensions = 0; dimensions <= 4; dimensions++) {
            CubeSpec spec = spec(dimensions);
            for (int round = 0; round < 8; round++) {
                checkHistory(random, spec, dimensions);
            }
        }
    }

    private static void checkHistory(Random random, CubeSpec spec, int dimensions) {
        Filter filter = filter(random, dimensions);
        Dictionary dictionary = new Dictionary(dimensions);
        List<List<Row>> live = new ArrayList<>();
        Cube cube = Cube.empty();
        RunningRollUp running = RunningRollUp.of(spec, cube, dictionary.view(), filter, ServedLimits.NONE);
        RollUp told = running.current();
        for (int step = 0; step < 30; step++) {
            CubeDelta.Builder builder = new CubeDelta.Builder();
            for (int i = random.nextInt(3); i > 0 && !live.isEmpty(); i--) {
                List<Row> gone = live.remove(random.nextInt(live.size()));
                builder.subtract(dictionary.intern(NaiveCounts.count(gone, dimensions), 1));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                List<Row> rows = Stream.generate(() -> Row.random(random, dimensions, 300, 5))
                        .limit(random.nextInt(60))
                        .toList();
                live.add(rows);
                builder.add(dictionary.intern(NaiveCounts.count(rows, dimensions), 1));
            }
            CubeDelta delta = builder.build();
            cube = cube.plus(delta);
            RollUp change = running.apply(delta, dictionary.view());
            RollUp expected = NaiveRollUp.recount(live, spec, filter);
            assertThat(RollUp.of(spec, cube, dictionary.view(), filter)).isEqualTo(expected);
            assertThat(running.current()).isEqualTo(expected);
            told = NaiveRollUp.told(told, change);
            assertThat(told).isEqualTo(expected);
        }
    }

    static Filter filter(Random random, int dimensions) {
        Map<String, Set<Optional<String>>> values = new HashMap<>();
        for (int d = 0; d < dimensions; d++) {
            if (random.nextInt(3) == 0) {
                Set<Optional<String>> accepted = new HashSet<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    accepted.add(Optional.ofNullable(
                            Row.random(random, dimensions, 1, 1).values().get(d)));
                }
                accepted.add(Optional.of("no such value"));
                values.put("d" + d, accepted);
            }
        }
        return new Filter(end(random), end(random), values);
    }

    private static Optional<Instant> end(Random random) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(3600L * (random.nextInt(300) - 150)));
    }

    static CubeSpec spec(int dimensions) {
        return new CubeSpec(
                Optional.of("time"),
                IntStream.range(0, dimensions)
                        .mapToObj(d -> new Dimension("d" + d, "column" + d))
                        .toList(),
                Optional.of("session"));
    }

    @Test
    void valuesOfEqualCountComeInTheOrderOfTheirCodePointsAndNullFirst() {
        Dictionary dictionary = new Dictionary(1);
        List<String> ordered = Arrays.asList(null, "", "A", "a", "\uD7FF", "\uE000", "\uFFFD", "\uD83D\uDE00");
        List<Row> rows = new ArrayList<>();
        ordered.forEach(value -> rows.add(0, new Row(1, java.util.Collections.singletonList(value), null)));
        Cube cube = Cube.empty()
                .plus(new CubeDelta.Builder()
                        .add(dictionary.intern(NaiveCounts.count(rows, 1), 1))
                        .build());

        RollUp rollUp = RollUp.of(spec(1), cube, dictionary.view(), Filter.ALL);

        assertThat(rollUp.dimensions().get(0).stream().map(ValueCount::value)).containsExactlyElementsOf(ordered);
    }

    @Test
    void hoursUnderAFilterAreExactWhereAMonthHasMoreRowsThanAnIntHolds() {
        long most = Integer.MAX_VALUE;
        FileCounts file = new FileCounts(
                3 * most,
                List.<String[]>of(new String[] {null, "a", "b"}),
                new int[][] {{1}, {2}},
                new long[] {0, 0, 1},
                new int[] {0, 1, 0},
                new long[] {most, most, most},
                new long[0]);
        Dictionary dictionary = new Dictionary(1);
        Cube cube = Cube.empty()
                .plus(new CubeDelta.Builder().add(dictionary.intern(file, 1)).build());
        Filter filter = new Filter(Optional.empty(), Optional.empty(), Map.of("d0", Set.of(Optional.of("a"))));

        RollUp rollUp = RollUp.of(spec(1), cube, dictionary.view(), filter);

        assertThat(rollUp.rows()).isEqualTo(2 * most);
        assertThat(rollUp.hourly()).containsExactly(new HourCount(0, most), new HourCount(1, most));
    }

    @Test
    void partsOfAnHourAndUnknownDimensionsAreRefused() {
        Combinations nothing = new Dictionary(1).view();
        Filter partHour = new Filter(Optional.of(Instant.parse("2026-01-01T00:30:00Z")), Optional.empty(), Map.of());
        Filter typo = new Filter(Optional.empty(), Optional.empty(), Map.of("chanel", Set.of(Optional.of("web"))));

        assertThat(partHour.wholeHours()).isFalse();
        assertThatThrownBy(() -> RollUp.of(spec(1), Cube.empty(), nothing, partHour))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("00:30");
        assertThatThrownBy(() -> RollUp.of(spec(1), Cube.empty(), nothing, typo))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chanel")
                .hasMessageContaining("d0");
    }
}
