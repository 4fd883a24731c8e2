package io.tidemark.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.LimitSettings.Most;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Optional<String> ANN = Optional.of("203.0.113.1");
    private static final Optional<String> BOB = Optional.of("203.0.113.2");

    private final Slots slots = new Slots(new Most(3, 2), Refusal.SOCKETS, Refusal.CLIENT_SOCKETS);

    @Test
    void oneClientLeavesTheRestToOthersAndAllTogetherTakeNoMoreThanThereIs() {
        assertThat(slots.take(ANN)).isEmpty();
        assertThat(slots.take(ANN)).isEmpty();
        assertThat(slots.take(ANN)).hasValue(Refusal.CLIENT_SOCKETS);
        assertThat(slots.take(BOB)).isEmpty();
        assertThat(slots.take(BOB)).hasValue(Refusal.SOCKETS);
        assertThat(slots.take(Optional.empty())).hasValue(Refusal.SOCKETS);
        assertThat(slots.taken()).isEqualTo(3);
        slots.release(ANN);
        assertThat(slots.take(BOB)).isEmpty();
        assertThat(slots.taken()).isEqualTo(3);
    }

    @Test
    void whoHasNothingIsNotRemembered() {
        slots.take(ANN);
        slots.take(BOB);
        assertThat(slots.clients()).isEqualTo(2);
        slots.release(ANN);
        slots.release(BOB);
        assertThat(slots.clients()).isZero();
        assertThat(slots.taken()).isZero();
    }

    @Test
    void manyThreadsAtOnceLoseAndGainNothing() {
        Slots many = new Slots(new Most(7, 5), Refusal.SOCKETS, Refusal.CLIENT_SOCKETS);
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            Optional<String> client = i % 3 == 0 ? Optional.empty() : i % 3 == 1 ? ANN : BOB;
            if (many.take(client).isEmpty()) {
                many.release(client);
            }
        });
        assertThat(many.taken()).isZero();
        assertThat(many.clients()).isZero();
    }
}
