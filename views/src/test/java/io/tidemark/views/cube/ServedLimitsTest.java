package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServedLimitsTest {

    @Test
    void whatIsListedIsTheFirstOfAllAndTheRestIsExactAfterEveryStepOfEveryHistory() {
        Random random = Seed.random("ServedLimitsTest");
        for (int round = 0; round < 60; round++) {
            ServedLimits limits = new ServedLimits(
                    1 + random.nextInt(4),
                    1 + random.nextInt(12),
                    1 + random.nextInt(20),
                    random.nextBoolean() ? 4 : 1000);
            new History(random, 1 + random.nextInt(4), limits).check(40);
        }
    }

    /** A history, with whoever was told of it: one from its beginning, and one from every version that it had. */
    private static final class History {
        private final Random random;
        private final int dimensions;
        private final CubeSpec spec;
        private final ServedLimits limits;
        private final Filter filter;
        private final Dictionary dictionary;
        private final List<List<Row>> live = new ArrayList<>();
        private final List<CubeDelta> steps = new ArrayList<>();
        private final List<RollUp> held = new ArrayList<>();
        private Cube cube = Cube.empty();

        History(Random random, int dimensions, ServedLimits limits) {
            this.random = random;
            this.dimensions = dimensions;
            this.spec = RollUpTest.spec(dimensions);
            this.limits = limits;
            this.filter = random.nextBoolean() ? Filter.ALL : RollUpTest.filter(random, dimensions);
            this.dictionary = new Dictionary(dimensions);
        }

        void check(int count) {
            step();
            RunningRollUp running = RunningRollUp.of(spec, cube, dictionary.view(), filter, limits);
            held.add(running.current());
            for (int i = 0; i < count; i++) {
                CubeDelta delta = step();
                steps.add(delta);
                RollUp change = running.apply(delta, dictionary.view());
                RollUp expected = NaiveRollUp.cut(NaiveRollUp.recount(live, spec, filter), limits);
                assertThat(RollUp.of(spec, cube, dictionary.view(), filter, limits))
                        .isEqualTo(expected);
                assertThat(running.current()).isEqualTo(expected);
                assertSame(NaiveRollUp.told(held.get(i), change), expected);
                held.add(expected);
                assertOnlyWhatChanged(held.get(i), change);
                int from = random.nextInt(held.size());
                RollUp since = running.since(steps.subList(from, steps.size()));
                for (int has = from; has < held.size(); has++) {
                    assertSame(NaiveRollUp.told(held.get(has), since), expected);
                }
            }
        }

        /** Files come and go; some of them are most of the table, so that what is listed changes. */
        private CubeDelta step() {
            CubeDelta.Builder builder = new CubeDelta.Builder();
            for (int i = random.nextInt(3); i > 0 && !live.isEmpty(); i--) {
                List<Row> gone = live.remove(random.nextInt(live.size()));
                builder.subtract(dictionary.intern(NaiveCounts.count(gone, dimensions), 1));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                List<Row> rows = Stream.generate(() -> Row.random(random, dimensions, 40, 5))
                        .limit(random.nextInt(4) == 0 ? 60 : random.nextInt(4))
                        .toList();
                live.add(rows);
                builder.add(dictionary.intern(NaiveCounts.count(rows, dimensions), 1));
            }
            CubeDelta delta = builder.build();
            cube = cube.plus(delta);
            return delta;
        }

        /** Lists and sums; how many groups a rest has is not told. */
        private static void assertSame(RollUp told, RollUp expected) {
            assertThat(told)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*unlisted.*groups")
                    .isEqualTo(expected);
        }

        private static void assertOnlyWhatChanged(RollUp before, RollUp change) {
            for (int d = 0; d < change.dimensions().size(); d++) {
                List<ValueCount> had = before.dimensions().get(d);
                assertThat(change.dimensions().get(d)).noneMatch(had::contains);
                for (ValueCount gone : change.dimensions().get(d)) {
                    if (gone.count() == 0) {
                        assertThat(had).extracting(ValueCount::value).contains(gone.value());
                    }
                }
            }
        }
    }

    @Test
    void everyViewSumsUpToTheRowsWithWhatIsNotListed() {
        Random random = Seed.random("ServedLimitsTest.sums");
        Dictionary dictionary = new Dictionary(2);
        List<Row> rows =
                Stream.generate(() -> Row.random(random, 2, 500, 5)).limit(2000).toList();
        Cube cube = Cube.empty()
                .plus(new CubeDelta.Builder()
                        .add(dictionary.intern(NaiveCounts.count(rows, 2), 1))
                        .build());

        RollUp page = RollUp.of(RollUpTest.spec(2), cube, dictionary.view(), Filter.ALL, new ServedLimits(2, 3, 50, 9));

        assertThat(page.hourly()).hasSize(50);
        assertThat(page.heatmap()).hasSize(3);
        assertThat(page.hourly().stream().mapToLong(RollUp.HourCount::count).sum()
                        + page.noTime()
                        + rowsOf(page.unlisted().hourly()))
                .isEqualTo(2000);
        for (int d = 0; d < 2; d++) {
            assertThat(page.dimensions().get(d)).hasSize(2);
            assertThat(page.dimensions().get(d).stream()
                                    .mapToLong(ValueCount::count)
                                    .sum()
                            + rowsOf(page.unlisted().dimensions().get(d)))
                    .isEqualTo(2000);
        }
    }

    private static long rowsOf(Optional<Unlisted.Rest> rest) {
        return rest.map(Unlisted.Rest::rows).orElse(0L);
    }
}
