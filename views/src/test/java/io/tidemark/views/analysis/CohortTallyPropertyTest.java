package io.tidemark.views.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random histories beside sets of days. */
class CohortTallyPropertyTest {
    private static final long HOUR = 3_600_000_000L;

    private final Random random = Seed.random("CohortTallyPropertyTest");

    @Test
    void cohortsAreWhatSetsOfDaysGive() {
        for (int round = 0; round < 500; round++) {
            CohortUnit unit = CohortUnit.values()[random.nextInt(2)];
            CohortTally tally = new CohortTally(unit);
            Map<Integer, TreeSet<LocalDate>> seen = new HashMap<>();
            int ids = 1 + random.nextInt(3000);
            // Around 1970, so that days before it are among them.
            int days = 1 + random.nextInt(60);
            for (int i = 0; i < random.nextInt(4000); i++) {
                int id = random.nextInt(ids);
                long micros = (random.nextInt(days * 24) - 15 * 24) * HOUR + random.nextInt(1_000_000);
                tally.add(id, micros);
                seen.computeIfAbsent(id, any -> new TreeSet<>()).add(start(unit, micros));
            }

            CohortTable table = tally.table();

            Map<String, Long> found = new TreeMap<>();
            for (int c = 0; c < table.counts().length; c++) {
                for (int k = 0; k < table.counts()[c].length; k++) {
                    if (table.counts()[c][k] > 0) {
                        found.put(unit.start(table.first() + c) + " + " + k, table.counts()[c][k]);
                    }
                }
            }
            assertThat(found).isEqualTo(counted(unit, seen));
            assertThat(table.ids()).isEqualTo(seen.size());
        }
    }

    private static LocalDate start(CohortUnit unit, long micros) {
        LocalDate day = LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        return unit == CohortUnit.DAY ? day : day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static Map<String, Long> counted(CohortUnit unit, Map<Integer, TreeSet<LocalDate>> seen) {
        Map<String, Long> counts = new TreeMap<>();
        ChronoUnit length = unit == CohortUnit.DAY ? ChronoUnit.DAYS : ChronoUnit.WEEKS;
        seen.values()
                .forEach(days -> days.forEach(
                        day -> counts.merge(days.first() + " + " + length.between(days.first(), day), 1L, Long::sum)));
        return counts;
    }

    @Test
    void noMoreUnitsAreTakenThanATableMayHave() {
        CohortTally days = new CohortTally(CohortUnit.DAY);
        days.add(0, 0);
        days.add(1, 399 * 24 * HOUR);

        assertThat(days.table().counts()).hasNumberOfRows(400);
        assertThatThrownBy(() -> days.add(0, 400 * 24 * HOUR))
                .isInstanceOf(TooManyPeriodsException.class)
                .hasMessage("The rows lie in more than 400 days: there are some of 1970-01-01 and of 1971-02-05."
                        + " Choose 'from' and 'to', or unit=week.");
        CohortTally weeks = new CohortTally(CohortUnit.WEEK);
        weeks.add(0, Long.MIN_VALUE + 1);
        assertThatThrownBy(() -> weeks.add(0, Long.MAX_VALUE))
                .hasMessageStartingWith("The rows lie in more than 400 weeks: there are some of -290308-12-")
                .hasMessageEndingWith(" Choose 'from' and 'to'.");
    }

    @Test
    void withoutRowsThereAreNoCohorts() {
        assertThat(new CohortTally(CohortUnit.DAY).table().counts()).isEmpty();
    }

    @Test
    void numbersAreKeptOnce() {
        LongSet set = new LongSet();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextBoolean() ? 1 + random.nextInt(10_000) : random.nextLong() | 1;
            set.add(number);
            expected.add(number);
        }

        Set<Long> found = new HashSet<>();
        set.forEach(number -> assertThat(found.add(number)).isTrue());
        assertThat(found).isEqualTo(expected);
    }
}
