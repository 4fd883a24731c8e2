package io.tidemark.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.Rate;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacesTest {
    private static final Optional<String> ANN = Optional.of("203.0.113.1");
    private static final Optional<String> BOB = Optional.of("203.0.113.2");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SEED = Long.getLong("tidemark.seed", 11);

    // A clock that passes its own end: nanoseconds of the system may.
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);
    private final Paces paces = new Paces(new Rate(2, 5), clock::get);

    @Test
    void afterABurstTheRestComesAtTheRate() {
        for (int i = 0; i < 5; i++) {
            assertThat(paces.take(ANN)).isZero();
        }
        assertThat(paces.take(ANN)).isEqualTo(SECOND / 2);
        clock.addAndGet(SECOND / 2);
        assertThat(paces.take(ANN)).isZero();
        assertThat(paces.take(ANN)).as("a refused one counts nothing").isEqualTo(SECOND / 2);
        assertThat(paces.take(ANN)).isEqualTo(SECOND / 2);
    }

    @Test
    void oneClientIsNotHeldBackForAnother() {
        while (paces.take(ANN) == 0) {}
        assertThat(paces.take(BOB)).isZero();
        assertThat(paces.delay(ANN)).isPositive();
        assertThat(paces.delay(BOB)).isZero();
        assertThat(paces.take(Optional.empty())).isZero();
    }

    @Test
    void howeverItIsAskedNeverMorePassesThanTheRateAndABurst() {
        System.out.println("tidemark.seed=" + SEED);
        Random random = new Random(SEED);
        long start = clock.get();
        int passed = 0;
        for (int i = 0; i < 20_000; i++) {
            clock.addAndGet(random.nextInt(4) == 0 ? random.nextLong(SECOND) : random.nextLong(1000));
            passed += paces.take(ANN) == 0 ? 1 : 0;
            assertThat(passed).isLessThanOrEqualTo(5 + (int) ((clock.get() - start) * 2 / SECOND));
        }
        assertThat(passed).as("and what the rate allows does pass").isGreaterThan(3_000);
    }

    @Test
    void whoIsNotSeenForLongestIsForgottenWhenThereAreVeryMany() {
        while (paces.take(ANN) == 0) {}
        for (int i = 0; i < Paces.MOST_CLIENTS; i++) {
            paces.take(Optional.of("client " + i));
        }
        assertThat(paces.clients()).isEqualTo(Paces.MOST_CLIENTS);
        assertThat(paces.take(ANN)).isZero();
    }

    @Test
    void withoutALimitNobodyIsRemembered() {
        Paces free = new Paces(Rate.UNLIMITED);
        for (int i = 0; i < 10_000; i++) {
            assertThat(free.take(ANN)).isZero();
        }
        assertThat(free.clients()).isZero();
        Pace pace = new Pace(Rate.UNLIMITED, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.take(0)).isZero();
        }
    }
}
