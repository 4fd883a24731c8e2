package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
        RunningRollUp running = RunningRollUp.of(spec, cube, dictionary.view(), filter);
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
            RollUp expected = recount(live, spec, filter);
            assertThat(RollUp.of(spec, cube, dictionary.view(), filter)).isEqualTo(expected);
            assertThat(running.current()).isEqualTo(expected);
            told = Told.apply(told, change);
            assertThat(told).isEqualTo(expected);
        }
    }

    /** Groups with maps, and sorts by code points as numbers. */
    private static RollUp recount(List<List<Row>> files, CubeSpec spec, Filter filter) {
        List<Row> rows = files.stream()
                .flatMap(List::stream)
                .filter(row -> passes(row, spec, filter))
                .toList();
        TreeMap<Long, Long> hours = new TreeMap<>();
        rows.forEach(row -> hours.merge(row.hour(), 1L, Long::sum));
        Long noTime = hours.remove(HourBlock.NO_TIME);
        List<List<ValueCount>> dimensions = new ArrayList<>();
        for (int d = 0; d < spec.dimensions().size(); d++) {
            Map<String, Long> counts = new HashMap<>();
            for (Row row : rows) {
                counts.merge(row.values().get(d), 1L, Long::sum);
            }
            List<ValueCount> list = new ArrayList<>();
            counts.forEach((value, n) -> list.add(new ValueCount(value, n)));
            dimensions.add(Told.inOrder(list));
        }
        Map<List<String>, Long> pairs = new HashMap<>();
        if (spec.dimensions().size() >= 2) {
            rows.forEach(row ->
                    pairs.merge(Arrays.asList(row.values().get(0), row.values().get(1)), 1L, Long::sum));
        }
        List<RollUp.PairCount> heatmap = new ArrayList<>();
        pairs.forEach((pair, n) -> heatmap.add(new RollUp.PairCount(pair.get(0), pair.get(1), n)));
        return new RollUp(
                rows.size(),
                noTime == null ? 0 : noTime,
                hours.entrySet().stream()
                        .map(e -> new RollUp.HourCount(e.getKey(), e.getValue()))
                        .toList(),
                dimensions,
                Told.pairsInOrder(heatmap));
    }

    private static boolean passes(Row row, CubeSpec spec, Filter filter) {
        if (filter.from().isPresent() || filter.to().isPresent()) {
            if (row.hour() == HourBlock.NO_TIME) {
                return false;
            }
            Instant time = Instant.ofEpochSecond(row.hour() * 3600);
            if (filter.from().map(time::isBefore).orElse(false)
                    || filter.to().map(to -> !time.isBefore(to)).orElse(false)) {
                return false;
            }
        }
        return IntStream.range(0, spec.dimensions().size())
                .allMatch(d -> Optional.ofNullable(
                                filter.values().get(spec.dimensions().get(d).name()))
                        .map(accepted -> accepted.contains(
                                Optional.ofNullable(row.values().get(d))))
                        .orElse(true));
    }

    private static Filter filter(Random random, int dimensions) {
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

    /** What a subscriber makes of the changes that it is told. */
    private static final class Told {

        static RollUp apply(RollUp held, RollUp change) {
            TreeMap<Long, Long> hours = new TreeMap<>();
            Stream.of(held, change)
                    .flatMap(r -> r.hourly().stream())
                    .forEach(hour -> hours.put(hour.hour(), hour.count()));
            hours.values().removeIf(n -> n == 0);
            List<List<ValueCount>> dimensions = new ArrayList<>();
            for (int d = 0; d < held.dimensions().size(); d++) {
                Map<String, Long> counts = new HashMap<>();
                held.dimensions().get(d).forEach(v -> counts.put(v.value(), v.count()));
                change.dimensions().get(d).forEach(v -> counts.put(v.value(), v.count()));
                counts.values().removeIf(n -> n == 0);
                List<ValueCount> list = new ArrayList<>();
                counts.forEach((value, n) -> list.add(new ValueCount(value, n)));
                dimensions.add(inOrder(list));
            }
            Map<List<String>, Long> pairs = new HashMap<>();
            Stream.of(held, change)
                    .flatMap(r -> r.heatmap().stream())
                    .forEach(pair -> pairs.put(Arrays.asList(pair.first(), pair.second()), pair.count()));
            pairs.values().removeIf(n -> n == 0);
            List<RollUp.PairCount> heatmap = new ArrayList<>();
            pairs.forEach((pair, n) -> heatmap.add(new RollUp.PairCount(pair.get(0), pair.get(1), n)));
            return new RollUp(
                    change.rows(),
                    change.noTime(),
                    hours.entrySet().stream()
                            .map(e -> new RollUp.HourCount(e.getKey(), e.getValue()))
                            .toList(),
                    dimensions,
                    pairsInOrder(heatmap));
        }

        // The made-up values are ASCII: their code points come in the order of compareTo.
        private static final Comparator<String> VALUES = Comparator.nullsFirst(Comparator.naturalOrder());

        static List<ValueCount> inOrder(List<ValueCount> list) {
            list.sort(Comparator.comparing((ValueCount v) -> -v.count()).thenComparing(ValueCount::value, VALUES));
            return list;
        }

        static List<RollUp.PairCount> pairsInOrder(List<RollUp.PairCount> list) {
            list.sort(Comparator.comparing((RollUp.PairCount v) -> -v.count())
                    .thenComparing(RollUp.PairCount::first, VALUES)
                    .thenComparing(RollUp.PairCount::second, VALUES));
            return list;
        }
    }
}
