package io.tidemark.views.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriterRhythmTest {
    private static final Duration DAY = Duration.ofDays(1);

    private WriterRhythm rhythm = new WriterRhythm();
    private Instant at = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void silenceTenTimesAsLongAsUsualIsQuiet() {
        commits(40, Duration.ofMinutes(5));

        assertThat(isQuietAfter(Duration.ofMinutes(50))).isFalse();
        assertThat(isQuietAfter(Duration.ofMinutes(51))).isTrue();
    }

    @Test
    void aMinuteIsNeverLong() {
        commits(40, Duration.ofMillis(20));

        assertThat(isQuietAfter(Duration.ofSeconds(60))).isFalse();
        assertThat(isQuietAfter(Duration.ofSeconds(61))).isTrue();
    }

    @Test
    void fewCommitsAreNoRhythm() {
        commits(WriterRhythm.ENOUGH, Duration.ofSeconds(1));
        assertThat(isQuietAfter(Duration.ofDays(300))).isFalse();

        commits(1, Duration.ofSeconds(1));
        assertThat(isQuietAfter(Duration.ofDays(300))).isTrue();
    }

    @Test
    void anOutlierOrThreeDoNotChangeWhatIsUsual() {
        commits(61, Duration.ofSeconds(10));
        commits(3, Duration.ofSeconds(90));
        commits(1, Duration.ofSeconds(10));

        assertThat(isQuietAfter(Duration.ofSeconds(101))).isTrue();
    }

    @Test
    void aWriterThatWorksByNightIsWonderedAtForTwoDaysAndNotAgain() {
        for (int night = 1; night <= 4; night++) {
            commits(200, Duration.ofSeconds(2));
            assertThat(isQuietAfter(Duration.ofHours(23))).as("night %d", night).isEqualTo(night <= 2);
            commits(1, DAY);
        }
        commits(200, Duration.ofSeconds(2));
        assertThat(isQuietAfter(Duration.ofHours(50))).isTrue();
    }

    @Test
    void oneOutageDoesNotHideTheNext() {
        commits(100, Duration.ofSeconds(10));
        commits(1, DAY.multipliedBy(3));
        commits(100, Duration.ofSeconds(10));

        assertThat(isQuietAfter(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void timesThatGoBackwardsOrAreAbsurdAreNoPauses() {
        commits(40, Duration.ofSeconds(10));
        rhythm.commit(Instant.MAX);
        rhythm.commit(Instant.MIN);
        at = at.minus(DAY);
        rhythm.commit(at);
        commits(5, Duration.ofSeconds(10));

        assertThat(isQuietAfter(Duration.ofMinutes(5))).isTrue();
        assertThat(rhythm.isQuiet(Instant.MIN, Instant.MAX)).isFalse();
    }

    @Test
    void whatWasNotSeenIsNoPause() {
        commits(40, Duration.ofSeconds(10));
        at = at.plus(DAY);
        rhythm.leapTo(at);
        commits(2, Duration.ofSeconds(10));

        assertThat(rhythm.longPauses()).isEmpty();
    }

    @Test
    void aRhythmIsTheSameWhenItIsTakenUpAgain() {
        for (int night = 0; night < 40; night++) {
            commits(33, Duration.ofSeconds(night));
            commits(1, DAY.plusHours(night));
        }
        WriterRhythm again = WriterRhythm.of(rhythm.last().orElseThrow(), rhythm.intervals(), rhythm.longPauses());

        assertThat(again.intervals()).containsExactly(rhythm.intervals());
        assertThat(again.longPauses()).containsExactly(rhythm.longPauses()).hasSize(WriterRhythm.LONG_PAUSES);
        assertThat(again.describe()).isEqualTo(rhythm.describe());
        for (int hours = 0; hours < 100; hours++) {
            assertThat(again.isQuiet(at, at.plus(Duration.ofHours(hours))))
                    .isEqualTo(isQuietAfter(Duration.ofHours(hours)));
        }
    }

    private void commits(int commits, Duration apart) {
        for (int i = 0; i < commits; i++) {
            at = at.plus(apart);
            rhythm.commit(at);
        }
    }

    private boolean isQuietAfter(Duration silence) {
        return rhythm.isQuiet(at, at.plus(silence));
    }
}
