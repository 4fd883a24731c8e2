package io.tidemark.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @Test
    void anIdSaysWhichVersionOfWhichEpochAClientHolds() {
        assertThat(EventId.parse("3f1c-9:1234")).contains(new ClientMessage.Since("3f1c-9", 1234));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "12", "epoch:", ":12", "epoch:twelve", "epoch:99999999999999999999"})
    void whoSendsAnIdThatIsNotOursBeginsAnew(String id) {
        assertThat(EventId.parse(id)).isEmpty();
    }

    @Test
    void aSnapshotNamesBothAndAnUpdateOnlyItsVersion() {
        EventId.Mark snapshot =
                EventId.read("{\"op\":\"snapshot\",\"id\":\"version\",\"epoch\":\"e\",\"version\":7,\"views\":{}}");
        assertThat(snapshot.epoch()).contains("e");
        assertThat(snapshot.version()).isEqualTo(OptionalLong.of(7));

        EventId.Mark update = EventId.read("{\"op\":\"update\",\"id\":\"a\",\"from\":7,\"version\":8,\"views\":{}}");
        assertThat(update.epoch()).isEmpty();
        assertThat(update.version()).isEqualTo(OptionalLong.of(8));
    }

    @Test
    void aStatusHasNoIdThoughItHasAVersion() {
        assertThat(EventId.read("{\"op\":\"status\",\"version\":8}")).isEqualTo(EventId.Mark.NONE);
        assertThat(EventId.read("{\"op\":\"error\",\"id\":\"a\",\"code\":\"x\"}"))
                .isEqualTo(EventId.Mark.NONE);
    }
}
