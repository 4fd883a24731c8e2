package io.tidemark.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.web.alerts.AlertStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** When an alert fires, and when it is over. */
class AlertStatusTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /** What is said after each value, one a second; NaN stands for no value. */
    private static List<Phase> said(Limit limit, Duration atLeast, double... values) {
        List<Phase> phases = new ArrayList<>();
        AlertStatus status = AlertStatus.UNKNOWN;
        for (int i = 0; i < values.length; i++) {
            OptionalDouble value = Double.isNaN(values[i]) ? OptionalDouble.empty() : OptionalDouble.of(values[i]);
            status =
                    status.next(limit, atLeast, new Reading(value, Optional.empty(), i, "epoch", START.plusSeconds(i)));
            phases.add(status.phase());
        }
        return phases;
    }

    @Test
    void itFiresOnceBeyondTheThresholdAndIsOverOnceAtOrBeforeIt() {
        assertThat(said(Limit.above(10), Duration.ZERO, 10, 11, 12, 11, 10, 9))
                .containsExactly(Phase.OK, Phase.FIRING, Phase.FIRING, Phase.FIRING, Phase.OK, Phase.OK);
        assertThat(said(Limit.below(10), Duration.ZERO, 10, 9, 10)).containsExactly(Phase.OK, Phase.FIRING, Phase.OK);
    }

    @Test
    void aValueThatTremblesAtTheThresholdIsToldOfOnce() {
        assertThat(said(new Limit(true, 10, 5), Duration.ZERO, 11, 10, 11, 6, 11, 5, 6, 10))
                .containsExactly(
                        Phase.FIRING,
                        Phase.FIRING,
                        Phase.FIRING,
                        Phase.FIRING,
                        Phase.FIRING,
                        Phase.OK,
                        Phase.OK,
                        Phase.OK);
    }

    @Test
    void whatPassesBeforeItsTimeIsNotToldOf() {
        assertThat(said(Limit.above(10), Duration.ofSeconds(2), 11, 11, 10, 11, 11, 11))
                .containsExactly(Phase.PENDING, Phase.PENDING, Phase.OK, Phase.PENDING, Phase.PENDING, Phase.FIRING);
    }

    @Test
    void whereThereIsNoValueItSaysWhatItSaidBefore() {
        assertThat(said(Limit.above(10), Duration.ZERO, Double.NaN, 11, Double.NaN, 9, Double.NaN))
                .containsExactly(Phase.UNKNOWN, Phase.FIRING, Phase.FIRING, Phase.OK, Phase.OK);
    }

    @Test
    void itRemembersSinceWhenAndAtWhichVersion() {
        AlertStatus status = AlertStatus.UNKNOWN;
        for (int i = 0; i < 4; i++) {
            status = status.next(
                    Limit.above(1),
                    Duration.ZERO,
                    new Reading(OptionalDouble.of(i), Optional.empty(), 100 + i, "e", START.plusSeconds(i)));
        }
        assertThat(status.since()).isEqualTo(START.plusSeconds(2));
        assertThat(status.version()).isEqualTo(102);
        assertThat(status.last().version()).isEqualTo(103);
    }

    @Test
    void aLimitThatCouldNeverBeClearedIsRefused() {
        assertThatThrownBy(() -> new Limit(true, 10, 11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limit(false, 10, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.above(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
