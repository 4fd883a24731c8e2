package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.scan.HourVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellCountsTest {
    private final CellCounts cells = new CellCounts();

    @Test
    void moreRowsThanAnIntCanCountAreCounted() {
        cells.add(hour(5), 7, 1, 3);
        cells.add(hour(4), Integer.MAX_VALUE, 2, 3);
        cells.add(hour(4), Integer.MAX_VALUE, 2, 3);
        cells.add(hour(5), 1, 1, 3);

        assertThat(all()).containsExactly("4 2 " + 2L * Integer.MAX_VALUE, "5 1 8");
        assertThat(cells.size()).isEqualTo(2);
    }

    @Test
    void cellsThatAreCountedAreThoseThatAreGiven() {
        for (int hour = 0; hour < 40; hour++) {
            cells.add(hour(hour), 4, new int[] {hour, 1, hour, 50}, 51);
        }

        // Hour 1 has combination 1 three times, and so one cell less.
        assertThat(cells.size()).isEqualTo(40 * 3 - 1).isEqualTo(all().size());
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        cells.forEach((hour, combination, count) -> all.add(hour + " " + combination + " " + count));
        return all;
    }

    private static HourVector hour(long hour) {
        return new HourVector() {
            @Override
            public boolean isConstant() {
                return true;
            }

            @Override
            public long constant() {
                return hour;
            }

            @Override
            public long[] hours() {
                throw new AssertionError("all rows have one hour");
            }
        };
    }
}
