package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilteredRowsTest {

    @Test
    void theyAreAsManyAsARecountFindsUnderEveryFilterAndInEveryWindow() {
        Random random = Seed.random("FilteredRowsTest");
        for (int round = 0; round < 60; round++) {
            int dimensions = random.nextInt(4);
            CubeSpec spec = RollUpTest.spec(dimensions);
            List<Row> rows = Stream.generate(() -> Row.random(random, dimensions, 900, 5))
                    .limit(random.nextInt(400))
                    .toList();
            Dictionary dictionary = new Dictionary(dimensions);
            Cube cube = Cube.empty()
                    .plus(new CubeDelta.Builder()
                            .add(dictionary.intern(NaiveCounts.count(rows, dimensions), 1))
                            .build());
            for (int i = 0; i < 10; i++) {
                Filter filter = RollUpTest.filter(random, dimensions);
                RollUp expected = NaiveRollUp.recount(List.of(rows), spec, filter);
                assertThat(FilteredRows.count(spec, cube, dictionary.view(), filter))
                        .isEqualTo(expected.rows());
                long from = random.nextInt(900) - 450L;
                long to = from + random.nextInt(700) - 50L;
                assertThat(FilteredRows.count(spec, cube, dictionary.view(), filter, from, to))
                        .as("hours %s to %s", from, to)
                        .isEqualTo(expected.hourly().stream()
                                .filter(h -> h.hour() >= from && h.hour() < to)
                                .mapToLong(RollUp.HourCount::count)
                                .sum());
                assertThat(FilteredRows.count(
                                spec, cube, dictionary.view(), filter, HourBlock.NO_TIME, HourBlock.NO_TIME + 1))
                        .isEqualTo(expected.noTime());
            }
        }
    }

    @Test
    void partsOfHoursAreNotGuessed() {
        Filter filter = new Filter(Optional.of(Instant.parse("2026-01-01T00:30:00Z")), Optional.empty(), Map.of());

        assertThatThrownBy(() -> FilteredRows.count(RollUpTest.spec(0), Cube.empty(), new Dictionary(0).view(), filter))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
