package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

/** Deletion vectors that are damaged, or say what no writer would; and where they may be. */
class DeletionVectorDamageTest {
    private static final int ROWS = 5_000;
    private static final UUID ID = UUID.fromString("d2c639aa-8816-431a-aaf6-d3fe2512ff61");
    private static final Projection PROJECTION = Scanned.projection(null, "x integer");

    @TempDir
    static Path folder;

    private final InMemoryTableFiles files = new InMemoryTableFiles();
    private final ParquetScanner scanner = new ParquetScanner(files, ScanLimits.standard());
    private byte[] bitmaps;
    private int cardinality;
    private long size;

    @BeforeEach
    void aTableOfOneFile() throws IOException {
        Path file = folder.resolve("data.parquet");
        GroupFile.write(
                file,
                "message m { required int32 x; }",
                WriterVersion.PARQUET_1_0,
                b -> b,
                ROWS,
                (i, row) -> row.add("x", i));
        size = Files.size(file);
        files.put("data.parquet", Files.readAllBytes(file));
        RoaringBitmap deleted = RoaringBitmap.bitmapOf(0, 1, 17, 4_999);
        deleted.add(1_000L, 1_300L);
        for (int i = 2_000; i < 4_000; i += 3) {
            deleted.add(i);
        }
        deleted.runOptimize();
        cardinality = deleted.getCardinality();
        ByteBuffer bytes =
                ByteBuffer.allocate(16 + deleted.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        deleted.serialize(bytes);
        bitmaps = bytes.array();
        files.put("deletion_vector_" + ID + ".bin", stored(bitmaps));
    }

    private static byte[] stored(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return ByteBuffer.allocate(1 + 4 + data.length + 4)
                .put((byte) 1)
                .putInt(data.length)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private DeletionVector inFile() {
        return new DeletionVector("u", Base85Codec.encodeUUID(ID), Optional.of(1), bitmaps.length, cardinality);
    }

    private static String base85(byte[] bytes) {
        byte[] padded = java.util.Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
        return Base85Codec.encodeBytes(padded);
    }

    private List<String> live(DeletionVector vector) {
        DataFile file = new DataFile("data.parquet", Optional.of(vector), Map.of(), size, Optional.empty());
        return Scanned.rows(scanner, file, PROJECTION);
    }

    private void assertRefused(DeletionVector vector, String reason) {
        assertThatThrownBy(() -> live(vector))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("data.parquet")
                .hasMessageContaining(reason);
    }

    /** By Delta Kernel. */
    private List<String> kernels(String text) throws IOException {
        RoaringBitmapArray deleted = new DeletionVectorStoredBitmap(
                        new DeletionVectorDescriptor("i", text, Optional.empty(), bitmaps.length, cardinality),
                        Optional.empty())
                .load(null);
        List<String> live = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            if (!deleted.contains(row)) {
                live.add("NULL|" + row);
            }
        }
        return live;
    }

    @Test
    void aDamagedVectorInAFileIsRefused() throws Exception {
        List<String> original = live(inFile());
        assertThat(original).isEqualTo(kernels(base85(bitmaps))).hasSize(ROWS - cardinality);
        byte[] good = stored(bitmaps);

        Mutations mutations = new Mutations("deletion vector in a file")
                .run(Mutations.rounds(300), good, 1, damaged -> {
                    files.put("deletion_vector_" + ID + ".bin", damaged);
                    return trial(inFile(), original, () -> original);
                });

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
        // The first byte, the format's version, is no part of the vector.
        assertThat(mutations.count(Outcome.OTHER_BUT_EQUAL))
                .as(mutations.toString())
                .isZero();
    }

    @Test
    void aDamagedInlineVectorIsRefusedOrReadAsKernelReadsIt() throws Exception {
        String text = base85(bitmaps);
        DeletionVector inline = new DeletionVector("i", text, Optional.empty(), bitmaps.length, cardinality);
        List<String> original = live(inline);
        assertThat(original).isEqualTo(kernels(base85(bitmaps)));

        Mutations mutations = new Mutations("inline deletion vector")
                .run(Mutations.rounds(300), text.getBytes(StandardCharsets.ISO_8859_1), 0, damaged -> {
                    String bad = new String(damaged, StandardCharsets.ISO_8859_1);
                    return trial(
                            new DeletionVector("i", bad, Optional.empty(), bitmaps.length, cardinality),
                            original,
                            () -> kernels(bad));
                });

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
    }

    /** @param theirs is asked only about what we have read: Kernel takes as much memory as a damaged number says */
    private Verdict trial(DeletionVector vector, List<String> original, Callable<List<String>> theirs)
            throws Exception {
        List<String> found;
        try {
            found = live(vector);
        } catch (TableException e) {
            assertThat(e).hasMessageContaining("data.parquet");
            return Verdict.of(Outcome.REFUSED);
        }
        if (found.equals(original)) {
            return Verdict.of(Outcome.SAME);
        }
        List<String> kernels = theirs.call();
        return found.equals(kernels)
                ? Verdict.of(Outcome.OTHER_BUT_EQUAL)
                : new Verdict(Outcome.WRONG, found.size() + " rows, Kernel has " + kernels.size());
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 1",
        "100000000, 1",
        "-1, 1",
        "36, -1",
        "36, -2147483648",
        "36, 2147483647",
        "0, 1",
        "1, 1",
    })
    void absurdSizesAndPlacesAreRefused(int sizeInBytes, int offset) {
        assertRefused(
                new DeletionVector("u", Base85Codec.encodeUUID(ID), Optional.of(offset), sizeInBytes, cardinality),
                "deletion vector");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 5_000, Long.MAX_VALUE})
    void aCardinalityThatIsNotTheVectorsIsRefused(long claimed) {
        assertRefused(
                new DeletionVector("u", Base85Codec.encodeUUID(ID), Optional.of(1), bitmaps.length, claimed),
                "deletion vector");
    }

    @Test
    void anInlineVectorOfTwoHundredMegabytesIsRefused() {
        assertRefused(new DeletionVector("i", "0".repeat(1_000), Optional.empty(), 200 << 20, 1), "too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~~~~~", "\"\\\0,;", "00000", "ÿÿÿÿÿ"})
    void inlineTextThatIsNotBase85IsRefused(String text) {
        assertRefused(new DeletionVector("i", text, Optional.empty(), 4, 1), "deletion vector");
    }

    @ParameterizedTest
    @CsvSource({
        "p,file:///etc/passwd",
        "p,/etc/passwd",
        "p,s3://other/deletion_vector.bin",
        "p,memory:/table/../secret.bin",
        "p,memory:/tables/secret.bin",
        "p,../secret.bin",
        "p,%2e%2e/secret.bin",
        "u,../..^-aqEH.-t@S}K{vb[*k^",
        "u,/etc^-aqEH.-t@S}K{vb[*k^",
        "u,short",
        "u,''",
        "x,anything",
    })
    void aVectorOutsideTheTableIsNotOpened(String storageType, String place) {
        assertRefused(new DeletionVector(storageType, place, Optional.of(1), bitmaps.length, cardinality), "");

        assertThat(files.asked()).containsOnly("data.parquet");
    }

    @Test
    void anAbsolutePathWithinTheTableIsFine() {
        DeletionVector absolute = new DeletionVector(
                "p", "memory:/table/deletion_vector_" + ID + ".bin", Optional.of(1), bitmaps.length, cardinality);

        assertThat(live(absolute)).hasSize(ROWS - cardinality);
    }
}
