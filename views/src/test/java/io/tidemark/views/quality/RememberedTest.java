package io.tidemark.views.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.cube.ByteWriter;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456789Z");
    private static final Remembered SOME = new Remembered(
            "id",
            "epoch",
            List.of(
                    new Finding(FindingKind.NULL_TIMES, "", 3, 5, NOW, 2, "2 rows"),
                    new Finding(FindingKind.EXPLODING_VALUES, "ünï", -1, Long.MAX_VALUE, NOW, 0, "")),
            WriterRhythm.of(NOW, new long[] {0, 5, Long.MAX_VALUE}, new long[] {86_400_000}));

    @Test
    void whatIsRememberedComesBackAsItWas() {
        Remembered back = Remembered.decode(SOME.encode());

        assertThat(back.tableId()).isEqualTo("id");
        assertThat(back.epoch()).isEqualTo("epoch");
        assertThat(back.findings()).isEqualTo(SOME.findings());
        assertThat(back.rhythm().last()).contains(NOW);
        assertThat(back.rhythm().intervals()).containsExactly(0, 5, Long.MAX_VALUE);
        assertThat(back.rhythm().longPauses()).containsExactly(86_400_000);
    }

    @Test
    void nothingIsRememberedOfNothing() {
        Remembered back = Remembered.decode(new Remembered("", "", List.of(), new WriterRhythm()).encode());

        assertThat(back.findings()).isEmpty();
        assertThat(back.rhythm().last()).isEmpty();
    }

    @Test
    void aKindThatIsNotKnownIsLeftOut() {
        byte[] bytes = new ByteWriter()
                .writeByte(1)
                .writeText("id")
                .writeText("epoch")
                .writeByte(0)
                .writeUnsigned(0)
                .writeUnsigned(0)
                .writeUnsigned(1)
                .writeText("of-tomorrow")
                .writeText("")
                .writeSigned(1)
                .writeSigned(1)
                .writeSigned(0)
                .writeUnsigned(0)
                .writeUnsigned(1)
                .writeText("m")
                .toBytes();

        assertThat(Remembered.decode(bytes).findings()).isEmpty();
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] bytes = SOME.encode();
        bytes[0] = 2;

        assertThatThrownBy(() -> Remembered.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedBytesAreRefusedOrReadButNeverHarm() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = SOME.encode();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            try {
                Remembered.decode(cut);
            } catch (IllegalArgumentException e) {
                assertThat(e).as("-Dtidemark.seed=%d", seed).isNotNull();
            }
        }
    }
}
