package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodecTest {
    private final Random random = Seed.random("CodecTest");

    @Test
    void whatIsEncodedComesBackAsItWas() {
        for (int i = 0; i < 300; i++) {
            Contribution contribution = contribution();
            assertThat(ContributionCodec.decode(ContributionCodec.encode(contribution)))
                    .usingRecursiveComparison()
                    .isEqualTo(contribution);
            for (HourBlock block : contribution.blocks()) {
                assertThat(HourBlockCodec.decode(HourBlockCodec.encode(block.negated())))
                        .isEqualTo(block.negated());
            }
        }
    }

    @Test
    void theEndsOfTheNumbersComeBackToo() {
        HourBlock ends = new HourBlock(
                Long.MAX_VALUE, new int[] {0, Integer.MAX_VALUE}, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
        ByteWriter out = new ByteWriter();
        List<String> texts = List.of("", "web", "é\u0000", "\uD83D\uDE00", "\uD83D", "x".repeat(1000));
        texts.forEach(out::writeText);
        ByteReader in = new ByteReader(out.toBytes());

        assertThat(HourBlockCodec.decode(HourBlockCodec.encode(ends))).isEqualTo(ends);
        assertThat(texts.stream().map(text -> in.readText())).isEqualTo(texts);
        in.readEnd();
    }

    @Test
    void damagedBytesAreRefusedOrAreStillAContributionButNeverAnythingElse() {
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = ContributionCodec.encode(contribution());
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
            try {
                ContributionCodec.decode(bytes);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        // A flip within a hash or between two counts is for the checksums of RocksDB and Kafka to find.
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void whatIsCutOffIsRefusedWhereverItWasCut() {
        byte[] bytes = ContributionCodec.encode(contribution());
        byte[] block = HourBlockCodec.encode(new HourBlock(5, new int[] {0, 9}, new long[] {1, 300}));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ContributionCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int length = 0; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThatThrownBy(() -> HourBlockCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ContributionCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void absurdSizesAreRefusedBeforeMemoryIsAskedFor() {
        byte[] absurd = new ByteWriter()
                .writeByte(1)
                .writeSigned(5)
                .writeUnsigned(Integer.MAX_VALUE)
                .toBytes();

        assertThatThrownBy(() -> HourBlockCodec.decode(absurd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2147483647 elements announced");
        assertThatThrownBy(() -> HourBlockCodec.decode(new byte[] {9, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format 9");
    }

    private Contribution contribution() {
        List<Row> rows = Stream.generate(() -> Row.random(random, 3, 500, 1000))
                .limit(1 + random.nextInt(80))
                .toList();
        return new Dictionary(3).intern(NaiveCounts.count(rows, 3), random.nextInt(100_000));
    }
}
