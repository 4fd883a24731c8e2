package io.tidemark.views.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunnelTallyTest {
    private static final long MINUTE = 60_000_000L;

    @Test
    void rowsOfOneTimeDoNotComeAfterEachOther() {
        FunnelTally tally = new FunnelTally(query(Optional.empty(), "view", "cart"));
        tally.add(0, MINUTE, 0);
        tally.add(0, MINUTE, 1);
        tally.add(1, MINUTE, 0);
        tally.add(1, MINUTE + 1, 1);

        assertThat(tally.reached()).containsExactly(2, 1);
    }

    @Test
    void aValueThatComesAgainNeedsARowOfItsOwn() {
        FunnelTally tally = new FunnelTally(query(Optional.empty(), "view", "view", "view"));
        tally.add(0, 3 * MINUTE, 0);
        tally.add(0, MINUTE, 0);

        assertThat(tally.reached()).containsExactly(1, 1, 0);
    }

    @Test
    void theTimeAllowedIsCountedFromTheFirstTouchAndIsInclusive() {
        FunnelTally tally = new FunnelTally(query(Optional.of(Duration.ofMinutes(30)), "view", "cart", "buy"));
        tally.add(0, 0, 0);
        tally.add(0, 20 * MINUTE, 1);
        tally.add(0, 30 * MINUTE, 2);
        tally.add(1, 0, 0);
        tally.add(1, 20 * MINUTE, 1);
        tally.add(1, 30 * MINUTE + 1, 2);
        // Not tried again from a later beginning.
        tally.add(2, 0, 0);
        tally.add(2, 60 * MINUTE, 0);
        tally.add(2, 61 * MINUTE, 1);

        assertThat(tally.reached()).containsExactly(3, 2, 1);
    }

    @Test
    void manyRowsOfTheFirstStepTakeNoRoom() {
        FunnelTally tally = new FunnelTally(query(Optional.empty(), "view", "cart"));
        for (int i = 0; i < 100_000; i++) {
            tally.add(i % 10, i, 0);
        }
        assertThat(tally.heapBytes()).isLessThan(10_000);

        tally.add(0, 1, 1);
        assertThat(tally.reached()).containsExactly(10, 1);
    }

    @Test
    void aFunnelHasAtLeastTwoSteps() {
        assertThatThrownBy(() -> query(Optional.empty(), "view")).isInstanceOf(IllegalArgumentException.class);
    }

    private static FunnelQuery query(Optional<Duration> within, String... steps) {
        return new FunnelQuery("type", List.of(steps), within);
    }
}
