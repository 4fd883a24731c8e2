package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Hash128Test {
    private final Hash128 hash = new Hash128();

    @Test
    void hashesAsThePublishedAlgorithmDoes() {
        // Vectors of the reference implementation.
        assertHash("", 0L, 0L);
        assertHash("hello", 0xcbd8a7b341bd9b02L, 0x5b1e906a48ae1d19L);
        assertHash("The quick brown fox jumps over the lazy dog", 0xe34bbc7bbc071b6cL, 0x7a433ca9c49a9347L);
    }

    @Test
    void agreesWithGuavaOnAnyLengthAndOffset() {
        Random random = new Random(7);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length + 20];
            random.nextBytes(bytes);
            int offset = random.nextInt(20);
            byte[] expected =
                    Hashing.murmur3_128().hashBytes(bytes, offset, length).asBytes();
            ByteBuffer halves = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);

            hash.of(bytes, offset, length);

            assertThat(hash.high()).isEqualTo(halves.getLong(0));
            assertThat(hash.low()).isEqualTo(halves.getLong(8));
        }
    }

    private void assertHash(String text, long high, long low) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.of(bytes, 0, bytes.length);
        assertThat(hash.high()).isEqualTo(high);
        assertThat(hash.low()).isEqualTo(low);
    }
}
