package io.tidemark.views.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories beside a model that walks through each id's rows one after the other. */
class FunnelTallyPropertyTest {
    private static final List<String> VALUES = List.of("view", "cart", "buy", "");

    private final Random random = Seed.random("FunnelTallyPropertyTest");

    private record Row(int id, long micros, String value) {}

    @Test
    void aFunnelIsWhatWalkingThroughEachHistoryGives() {
        for (int round = 0; round < 2_000; round++) {
            FunnelQuery query = query();
            List<Row> rows = rows();

            FunnelTally tally = new FunnelTally(query);
            for (Row row : rows) {
                int value = query.values().indexOf(row.value);
                if (value >= 0) {
                    tally.add(row.id, row.micros, value);
                }
            }

            assertThat(tally.reached()).as("%s of %s", query, rows).containsExactly(walked(query, rows));
        }
    }

    private FunnelQuery query() {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            steps.add(VALUES.get(random.nextInt(VALUES.size())));
        }
        Optional<Duration> within = random.nextBoolean()
                ? Optional.of(Duration.of(1 + random.nextInt(12), java.time.temporal.ChronoUnit.MICROS))
                : Optional.empty();
        return new FunnelQuery("type", steps, within);
    }

    /** Times are few, so that many are equal; some are as early or as late as a row's can be. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        int ids = 1 + random.nextInt(100);
        for (int i = 0; i < random.nextInt(200); i++) {
            long micros = random.nextInt(20) == 0
                    ? (random.nextBoolean() ? Long.MIN_VALUE + 1 : Long.MAX_VALUE)
                    : random.nextInt(20) - 10;
            rows.add(new Row(random.nextInt(ids), micros, VALUES.get(random.nextInt(VALUES.size()))));
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private static long[] walked(FunnelQuery query, List<Row> rows) {
        long[] reached = new long[query.steps().size()];
        for (int id = 0; id < 100; id++) {
            int of = id;
            List<Row> own = rows.stream()
                    .filter(row -> row.id == of)
                    .sorted(Comparator.comparingLong(Row::micros))
                    .toList();
            int step = 0;
            Row start = null;
            Row last = null;
            for (Row row : own) {
                boolean follows = last == null || row.micros > last.micros && isWithin(query, start, row);
                if (step < reached.length
                        && follows
                        && row.value.equals(query.steps().get(step))) {
                    start = start == null ? row : start;
                    last = row;
                    reached[step++]++;
                }
            }
        }
        return reached;
    }

    private static boolean isWithin(FunnelQuery query, Row start, Row row) {
        java.math.BigInteger passed =
                java.math.BigInteger.valueOf(row.micros).subtract(java.math.BigInteger.valueOf(start.micros));
        return query.within().isEmpty()
                || passed.compareTo(java.math.BigInteger.valueOf(
                                query.within().get().toNanos() / 1_000))
                        <= 0;
    }
}
