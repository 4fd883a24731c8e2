package io.tidemark.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(30);

    @Test
    void pausesAreNeverLongerThanTheCapNorShorterThanHalfOfTheFirst() {
        Backoff backoff = new Backoff(FIRST, MOST, new Random(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.next()).isBetween(FIRST.dividedBy(2), MOST);
        }
    }

    @Test
    void pausesDifferSoThatManyDoNotMarchInStep() {
        Set<Duration> pauses = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            pauses.add(new Backoff(FIRST, MOST, random).next());
        }

        assertThat(pauses).hasSizeGreaterThan(50);
    }
}
