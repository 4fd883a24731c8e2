package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HashesCodecTest {
    private final Random random = Seed.random("HashesCodecTest");

    @Test
    void hashesComeBackWhateverTheirNumberAndSpread() {
        for (int size : new int[] {0, 1, 2, 3, 4, 5, 50, 255, 256, 10_000}) {
            assertComesBack(spread(size));
        }
        for (int round = 0; round < 200; round++) {
            assertComesBack(spread(random.nextInt(40)));
        }
        long lastOf32 = -1L << 32;
        assertComesBack(new long[] {0, 0, 0, 1L << 32, -1, lastOf32});
        assertComesBack(new long[] {-1, 0, -1, 1L << 32, -1, 2L << 32, -1, lastOf32});
        assertComesBack(new long[] {Long.MAX_VALUE, lastOf32, Long.MIN_VALUE, 0});
    }

    @Test
    void theFirstBitsOfManyCostNextToNothing() {
        assertThat(bytes(spread(1))).isEqualTo(1 + 13);
        assertThat(bytes(spread(50))).isLessThan(50 * 12);
        assertThat(bytes(spread(10_000))).isLessThan(10_000 * 86 / 8);
    }

    @Test
    void whatIsCutOffOrIsNoHashIsRefused() {
        ByteWriter out = new ByteWriter();
        HashesCodec.write(spread(20), out);
        byte[] bytes = out.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> HashesCodec.read(new ByteReader(cut)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        byte[] zeros = new byte[100];
        zeros[0] = 3;
        zeros[90] = 1;
        assertThatThrownBy(() -> HashesCodec.read(new ByteReader(zeros)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("96 bits");
    }

    private static void assertComesBack(long[] hashes) {
        ByteWriter out = new ByteWriter();
        HashesCodec.write(hashes, out);
        ByteReader in = new ByteReader(out.writeByte(7).toBytes());

        assertThat(HashesCodec.read(in)).isEqualTo(hashes);
        assertThat(in.readByte()).isEqualTo(7);
        in.readEnd();
    }

    private static int bytes(long[] hashes) {
        ByteWriter out = new ByteWriter();
        HashesCodec.write(hashes, out);
        return out.toBytes().length;
    }

    private long[] spread(int size) {
        TreeSet<Long> first = new TreeSet<>(Long::compareUnsigned);
        while (first.size() < size) {
            first.add(random.nextLong());
        }
        return first.stream()
                .flatMapToLong(high -> java.util.stream.LongStream.of(high, (long) random.nextInt() << 32))
                .toArray();
    }
}
