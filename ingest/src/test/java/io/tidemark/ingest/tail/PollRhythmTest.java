package io.tidemark.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PollRhythmTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private PollRhythm rhythm = new PollRhythm(PollInterval.ADAPTIVE, () -> now);

    /** What a writer's commits cost and how late they are seen, once its rhythm could be known. */
    private record Seen(double meanDelay, double mostDelay, double requestsPerCommit) {}

    /** @param gap seconds to the next commit, by a random number from 0 to 1 */
    private Seen follow(int commits, long seed, DoubleUnaryOperator gap) {
        Random random = new Random(seed);
        List<Double> delays = new ArrayList<>();
        int requests = 0;
        double next = now / (double) SECOND + gap.applyAsDouble(random.nextDouble());
        for (int found = 0; found < commits + 20; ) {
            now += rhythm.pause().toNanos();
            requests += found >= 20 ? 1 : 0;
            for (double at = now / (double) SECOND; at >= next; found++) {
                if (found >= 20) {
                    delays.add(at - next);
                }
                rhythm.found();
                next += gap.applyAsDouble(random.nextDouble());
            }
        }
        return new Seen(
                delays.stream().mapToDouble(d -> d).average().orElseThrow(),
                delays.stream().mapToDouble(d -> d).max().orElseThrow(),
                requests / (double) commits);
    }

    @Test
    void aFastWriterIsAskedOften() {
        Seen seen = follow(200, 1, random -> 1 + 0.2 * random);

        assertThat(seen.meanDelay()).isLessThan(0.1);
        assertThat(seen.requestsPerCommit()).isLessThan(13);
    }

    @Test
    void aWriterThatKeepsTimeIsMetWhenItsCommitIsDue() {
        Seen seen = follow(200, 2, random -> 10 + 0.4 * random);

        assertThat(seen.meanDelay()).isLessThan(0.15);
        assertThat(seen.requestsPerCommit()).isLessThan(13);
    }

    @Test
    void aWriterWithoutRhythmIsSeenWithinATenthOfItsTime() {
        // Exponential gaps of 20 s in the mean.
        Seen seen = follow(300, 3, random -> -20 * Math.log(1 - random));

        assertThat(seen.meanDelay()).isLessThan(1.5);
        assertThat(seen.mostDelay()).isLessThanOrEqualTo(5);
        assertThat(seen.requestsPerCommit()).isLessThan(20);
    }

    @Test
    void aRhythmIsFoundAgainAfterANight() {
        follow(20, 4, random -> 2);
        now += 8 * 3600 * SECOND;
        rhythm.pause();
        rhythm.found();

        assertThat(rhythm.pause()).isLessThan(Duration.ofSeconds(1));
        assertThat(follow(5, 5, random -> 2).meanDelay()).isLessThan(0.3);
    }

    @Test
    void aSilentTableCostsTwelveQuestionsAMinute() {
        follow(20, 6, random -> 1);
        now += 60 * SECOND;
        int asked = 0;
        for (long end = now + 60 * SECOND; now < end; asked++) {
            now += rhythm.pause().toNanos();
        }

        assertThat(asked).isEqualTo(12);
    }

    @Test
    void whereCommitsAreToldOfPollingIsANet() {
        follow(20, 7, random -> 1);
        rhythm.pause();
        now += SECOND;
        rhythm.woken();
        rhythm.found();
        assertThat(rhythm.pause()).isEqualTo(Duration.ofSeconds(5));

        // One that was not told of: they cannot be relied upon.
        now += SECOND;
        rhythm.found();
        assertThat(rhythm.pause()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aWakingThatLedToNothingIsForgotten() {
        follow(20, 8, random -> 1);
        rhythm.pause();
        rhythm.woken();
        rhythm.pause();
        now += SECOND;
        rhythm.found();

        assertThat(rhythm.pause()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void commitsThatWereAllThereAlreadyTellNothing() {
        follow(20, 9, random -> 10);
        rhythm.pause();
        now += 10 * SECOND;
        for (int i = 0; i < 50; i++) {
            rhythm.found();
            now += SECOND / 100;
        }

        assertThat(rhythm.pause()).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aFixedIntervalStaysAsItIs() {
        rhythm = new PollRhythm(PollInterval.fixed(Duration.ofMillis(300)), () -> now);
        assertThat(rhythm.pause()).isEqualTo(Duration.ofMillis(300));
        now += 3600 * SECOND;
        rhythm.woken();
        rhythm.found();

        assertThat(rhythm.pause()).isEqualTo(Duration.ofMillis(300));
    }
}
