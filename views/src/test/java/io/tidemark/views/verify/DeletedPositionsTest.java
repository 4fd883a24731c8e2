package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.TableException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Vectors as the protocol describes them; the name in a file is its own example. */
class DeletedPositionsTest {
    private static final int[] ROWS = {3, 4, 7, 11, 18, 29};
    private static final byte[] DATA = data(0, ROWS);
    private static final int SIZE = DATA.length;
    private static final String IN_A_FILE = "ab^-aqEH.-t@S}K{vb[*k^";
    private static final String ITS_NAME = "ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin";

    @TempDir
    private Path table;

    @Test
    void aVectorInTheLogItselfHoldsItsRows() throws IOException {
        DeletedPositions deleted = read(inline(DATA, 6));

        assertThat(IntStream.range(0, 100).filter(deleted::contains)).containsExactly(3, 4, 7, 11, 18, 29);
        assertThat(deleted.contains(3 + (1L << 32))).isFalse();
    }

    @Test
    void aRowBeyondFourBillionIsFound() throws IOException {
        DeletedPositions deleted = read(inline(data(1, 5, -2), 2));

        assertThat(deleted.contains((1L << 32) + 5)).isTrue();
        assertThat(deleted.contains((2L << 32) - 2)).isTrue();
        assertThat(deleted.contains(5)).isFalse();
    }

    @Test
    void aVectorInAFileIsReadAtItsOffset() throws IOException {
        store(1);

        DeletedPositions deleted = read(new DeletionVector("u", IN_A_FILE, Optional.of(1), SIZE, 6));

        assertThat(IntStream.range(0, 100).filter(deleted::contains)).containsExactly(3, 4, 7, 11, 18, 29);
    }

    @Test
    void aVectorByItsWholePathIsReadIfItIsWithinTheTable() throws IOException {
        store(0);

        String inside = table.resolve(ITS_NAME).toUri().toString();
        assertThat(read(new DeletionVector("p", inside, Optional.of(0), SIZE, 6))
                        .contains(29))
                .isTrue();
        assertThatThrownBy(() -> read(new DeletionVector("p", "file:///etc/passwd", Optional.of(0), SIZE, 6)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("outside");
        assertThatThrownBy(() -> read(new DeletionVector("u", "../x" + IN_A_FILE, Optional.of(0), SIZE, 6)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("name");
    }

    @Test
    void whatDoesNotFitTheLogIsDamage() throws IOException {
        assertThatThrownBy(() -> read(inline(DATA, 7))).hasMessageContaining("as many rows");
        assertThatThrownBy(() -> read(new DeletionVector("i", "", Optional.empty(), -1, 0)))
                .hasMessageContaining("size");
        assertThatThrownBy(() -> read(new DeletionVector("i", "00000", Optional.empty(), 4, 0)))
                .hasMessageContaining("format");
        assertThatThrownBy(() -> read(new DeletionVector("x", "", Optional.empty(), 1, 1)))
                .hasMessageContaining("stored");

        store(0);
        byte[] bytes = Files.readAllBytes(table.resolve(ITS_NAME));
        bytes[20] ^= 1;
        Files.write(table.resolve(ITS_NAME), bytes);
        assertThatThrownBy(() -> read(new DeletionVector("u", IN_A_FILE, Optional.of(0), SIZE, 6)))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> read(new DeletionVector("u", IN_A_FILE, Optional.of(0), SIZE - 1, 6)))
                .hasMessageContaining("size");
    }

    private static DeletionVector inline(byte[] data, long rows) {
        return new DeletionVector("i", base85(data), Optional.empty(), data.length, rows);
    }

    /** One bitmap in the portable format. */
    private static byte[] data(int key, int... rows) {
        RoaringBitmap bitmap = RoaringBitmap.bitmapOf(rows);
        ByteBuffer data =
                ByteBuffer.allocate(16 + bitmap.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(1681511377).putLong(1).putInt(key);
        bitmap.serialize(data);
        return data.array();
    }

    private static String base85(byte[] bytes) {
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4));
        StringBuilder text = new StringBuilder();
        while (padded.hasRemaining()) {
            long word = padded.getInt() & 0xFFFFFFFFL;
            for (long unit = 85L * 85 * 85 * 85; unit > 0; unit /= 85) {
                text.append(Base85.DIGITS.charAt((int) (word / unit % 85)));
            }
        }
        return text.toString();
    }

    private void store(int offset) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(DATA);
        Files.createDirectories(table.resolve("ab"));
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(table.resolve(ITS_NAME)))) {
            out.write(new byte[offset]);
            out.writeInt(SIZE);
            out.write(DATA);
            out.writeInt((int) checksum.getValue());
        }
    }

    private DeletedPositions read(DeletionVector vector) throws IOException {
        Configuration conf = new Configuration();
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(table.toString());
        return DeletedPositions.read(root.getFileSystem(conf).makeQualified(root), conf, vector);
    }
}
