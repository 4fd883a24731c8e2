package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run-length encoding and bit packing mixed, at every width; the writer here goes bit by bit. */
class HybridRunsTest {
    private final long seed = Long.getLong("tidemark.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatWasWrittenInAnyMixtureOfRunsComesBackInPiecesOfAnySize() {
        for (int width = 1; width <= 31; width++) {
            int allowed = 1 + random.nextInt((int) Math.min(Integer.MAX_VALUE, 1L << width));
            int[] values = random.ints(8 * 100, 0, allowed).toArray();
            Encoded encoded = encode(values, width);

            int[] read = new int[values.length];
            HybridRuns runs = encoded.start(width, allowed);
            for (int at = 0; at < read.length; ) {
                int take = Math.min(1 + random.nextInt(40), read.length - at);
                runs.read(read, at, take, 1);
                at += take;
            }
            int[] expected =
                    Arrays.stream(encoded.values).map(value -> value + 1).toArray();
            assertThat(read).as("%d bits, tidemark.seed=%d", width, seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void valuesOfAtMostEightBitsComeAsBytesToo(int width) {
        int allowed = 1 + random.nextInt(Math.min(255, 1 << width));
        int[] values = random.ints(8 * 100, 0, allowed).toArray();
        Encoded encoded = encode(values, width);

        byte[] read = new byte[values.length];
        HybridRuns runs = encoded.start(width, allowed);
        assertThat(runs.fitBytes()).isTrue();
        for (int at = 0; at < read.length; ) {
            int take = Math.min(1 + random.nextInt(40), read.length - at);
            runs.read(read, at, take, 1);
            at += take;
        }
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i] & 0xff)
                    .as("value %d of %d bits, tidemark.seed=%d", i, width, seed)
                    .isEqualTo(encoded.values[i] + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 13, 17, 31})
    void ofSomeValuesTheOthersAreGoneByWithoutBeingRead(int width) {
        int[] values = random.ints(8 * 100, 0, (int) Math.min(Integer.MAX_VALUE, 1L << width))
                .toArray();
        Encoded encoded = encode(values, width);
        HybridRuns runs = encoded.start(width, Integer.MAX_VALUE);
        int[] read = new int[50];
        byte[] wanted = new byte[50];
        for (int at = 0; at < values.length; at += 50) {
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = (byte) (random.nextInt(12) == 0 ? 1 : 0);
            }
            int half = random.nextInt(50);
            runs.read(read, 0, half, 1, wanted);
            runs.read(read, half, 50 - half, 1, wanted);
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i] != 0) {
                    assertThat(read[i])
                            .as("value %d of %d bits, tidemark.seed=%d", at + i, width, seed)
                            .isEqualTo(encoded.values[at + i] + 1);
                }
            }
        }
    }

    @Test
    void theLargestDictionaryWhoseIdsFitIntoBytesHas255ValuesAsNullIsOne() {
        assertThat(encode(new int[8], 8).start(8, 255).fitBytes()).isTrue();
        assertThat(encode(new int[8], 8).start(8, 256).fitBytes()).isFalse();
        assertThat(encode(new int[8], 9).start(9, 255).fitBytes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31})
    void oneValueOutsideTheDictionaryIsFoundWhereverItStands(int width) {
        for (int i = 0; i < 200; i++) {
            int allowed = 1 + random.nextInt((int) (1L << width) - 1);
            int[] values = random.ints(8 * 4, 0, allowed).toArray();
            long tooMany = (1L << width) - allowed;
            values[random.nextInt(values.length)] = allowed + (int) (random.nextDouble() * tooMany);
            Encoded encoded = encode(values, width);
            HybridRuns runs = encoded.start(width, allowed);
            assertThatThrownBy(() -> runs.read(new int[values.length], 0, values.length, 1))
                    .as("%d of %d bits, tidemark.seed=%d", allowed, width, seed)
                    .isInstanceOf(Malformed.class)
                    .hasMessage("has a value outside its dictionary of " + allowed);
            HybridRuns again = encoded.start(width, allowed);
            if (again.fitBytes()) {
                assertThatThrownBy(() -> again.read(new byte[values.length], 0, values.length, 1))
                        .as("%d of %d bits in bytes, tidemark.seed=%d", allowed, width, seed)
                        .isInstanceOf(Malformed.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8})
    void anEmptyDictionaryHasNoValueAtAll(int width) {
        HybridRuns runs = encode(new int[8], width).start(width, 0);
        assertThatThrownBy(() -> runs.read(new int[8], 0, 8, 0)).isInstanceOf(Malformed.class);
    }

    private record Encoded(byte[] bytes, int end, int[] values) {
        HybridRuns start(int width, int allowed) {
            HybridRuns runs = new HybridRuns();
            runs.start(bytes, 0, end, width, allowed);
            return runs;
        }
    }

    /** Every eight values are packed or, by chance, written as a run of the largest of them. */
    private Encoded encode(int[] values, int width) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] written = values.clone();
        for (int at = 0; at < values.length; at += 8) {
            int largest = Arrays.stream(values, at, at + 8).max().orElseThrow();
            if (random.nextBoolean()) {
                out.write(8 << 1);
                for (int b = 0; b < (width + 7) / 8; b++) {
                    out.write(largest >>> (8 * b));
                }
                Arrays.fill(written, at, at + 8, largest);
            } else {
                out.write(1 << 1 | 1);
                byte[] packed = new byte[width];
                for (int bit = 0; bit < 8 * width; bit++) {
                    int set = values[at + bit / width] >>> (bit % width) & 1;
                    packed[bit / 8] |= (byte) (set << (bit % 8));
                }
                out.writeBytes(packed);
            }
        }
        int end = out.size();
        out.writeBytes(new byte[ByteBudget.SLACK]);
        return new Encoded(out.toByteArray(), end, written);
    }
}
