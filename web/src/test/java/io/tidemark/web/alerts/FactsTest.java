package io.tidemark.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the hours before can be counted. */
class FactsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:30Z");

    private static Facts currentAt(String at) {
        return new Facts(
                Optional.empty(),
                new TailStatus(
                        TailState.STALE,
                        Optional.empty(),
                        7,
                        Optional.ofNullable(at).map(Instant::parse)),
                NOW);
    }

    @Test
    void onlyOnceAllIsServedThatWasCommittedBeforeThisOneBegan() {
        assertThat(currentAt(null).hasHoursBefore()).isFalse();
        assertThat(currentAt("2026-01-01T11:59:59.999Z").hasHoursBefore()).isFalse();
        assertThat(currentAt("2026-01-01T12:00:00Z").hasHoursBefore()).isTrue();
        assertThat(currentAt("2026-01-01T12:00:29Z").hour()).isEqualTo(Math.floorDiv(NOW.getEpochSecond(), 3600));
    }
}
