package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.parquet.Forged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** Data files that claim what would take all memory, or for ever: refused by name, within the scan's budget. */
class DataFileBombTest {
    private static final int MB = 1 << 20;

    /** Pages of 8 MB, 16 MB for a scan. */
    private static final ScanLimits LIMITS = new ScanLimits(MB, MB, 4 * MB, 8 * MB, MB, 16 * MB, 1L << 32, 1);

    @TempDir
    static Path folder;

    private static byte[] good(CompressionCodecName codec) throws IOException {
        Path file = folder.resolve("good.parquet");
        GroupFile.write(
                file,
                "message m { required binary name (STRING); }",
                WriterVersion.PARQUET_1_0,
                b -> b.withCompressionCodec(codec),
                1_000,
                (i, row) -> row.add("name", "n" + i % 10));
        return Files.readAllBytes(file);
    }

    private static void assertRefused(byte[] bytes, String reason) throws IOException {
        Path file = folder.resolve("bomb.parquet");
        Files.write(file, bytes);
        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null, "name string"), LIMITS))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("bomb.parquet")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(folder.toString());
    }

    private static void assertPageRefused(CompressionCodecName codec, byte[] body, int claimed, String reason)
            throws IOException {
        Consumer<PageHeader> lie = header -> {
            header.setCompressed_page_size(body.length);
            header.setUncompressed_page_size(claimed);
        };
        assertRefused(Forged.page(good(codec), 0, body, lie), reason);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void tenKilobytesThatClaimTwoGigabytesAreRefused(CompressionCodecName codec) throws IOException {
        assertPageRefused(codec, new byte[10_000], Integer.MAX_VALUE, "has a page of 2147483647 bytes");
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void pagesThatReallyHoldSoMuchAreRefusedAlsoIfTheyClaimLess(CompressionCodecName codec) throws IOException {
        int size = 20 * MB;
        byte[] bomb = compress(codec, new byte[size]);
        assertThat(bomb.length).isLessThan(size / 20);

        assertPageRefused(codec, bomb, size, "are read");
        assertPageRefused(codec, bomb, 4_000, "column 'name'");
    }

    private static byte[] compress(CompressionCodecName codec, byte[] data) throws IOException {
        return switch (codec) {
            case SNAPPY -> Snappy.compress(data);
            case ZSTD -> Zstd.compress(data);
            case LZ4_RAW -> LZ4Factory.fastestInstance().fastCompressor().compress(data);
            default -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(data);
                }
                yield out.toByteArray();
            }
        };
    }

    private static void assertFooterRefused(String reason, Consumer<FileMetaData> lie) throws IOException {
        assertRefused(Forged.footer(good(CompressionCodecName.SNAPPY), lie), reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1L << 40, -1, 1L << 31})
    void absurdNumbersOfRowsAreRefused(long rows) throws IOException {
        assertFooterRefused("rows", footer -> {
            footer.setNum_rows(rows);
            footer.getRow_groups().get(0).setNum_rows(rows);
            footer.getRow_groups().get(0).getColumns().get(0).getMeta_data().setNum_values(rows);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31})
    void aColumnOutsideTheFileIsRefused(long place) throws IOException {
        assertFooterRefused(
                "outside the file",
                footer -> footer.getRow_groups()
                        .get(0)
                        .getColumns()
                        .get(0)
                        .getMeta_data()
                        .setTotal_compressed_size(place));
        assertFooterRefused("outside the file", footer -> {
            var chunk = footer.getRow_groups().get(0).getColumns().get(0).getMeta_data();
            chunk.unsetDictionary_page_offset();
            chunk.setData_page_offset(place);
        });
    }

    @Test
    void aSchemaOfTenThousandLevelsIsReadPast() throws IOException {
        Path file = folder.resolve("deep.parquet");
        Files.write(file, Forged.footer(good(CompressionCodecName.SNAPPY), footer -> {
            for (int i = 0; i < 10_000; i++) {
                footer.addToSchema(
                        new SchemaElement("g" + i).setNum_children(1).setRepetition_type(FieldRepetitionType.OPTIONAL));
            }
            footer.addToSchema(
                    new SchemaElement("leaf").setType(Type.INT32).setRepetition_type(FieldRepetitionType.OPTIONAL));
            footer.getSchema().get(0).setNum_children(2);
        }));

        assertThat(Scanned.rows(file, Scanned.projection(null, "name string"), LIMITS))
                .hasSize(1_000);
    }

    @Test
    void aHundredThousandColumnsAreReadPast() throws IOException {
        Path file = folder.resolve("wide.parquet");
        Files.write(file, Forged.footer(good(CompressionCodecName.SNAPPY), footer -> {
            for (int i = 0; i < 100_000; i++) {
                footer.addToSchema(
                        new SchemaElement("c").setType(Type.INT32).setRepetition_type(FieldRepetitionType.OPTIONAL));
            }
            footer.getSchema().get(0).setNum_children(100_001);
        }));

        assertThat(Scanned.rows(file, Scanned.projection(null, "name string"), LIMITS))
                .hasSize(1_000);
    }

    @Test
    void aDictionaryOfTwoBillionValuesIsRefused() throws IOException {
        assertRefused(
                Forged.page(good(CompressionCodecName.UNCOMPRESSED), 0, new byte[100], header -> {
                    header.setType(org.apache.parquet.format.PageType.DICTIONARY_PAGE);
                    header.setCompressed_page_size(100);
                    header.setUncompressed_page_size(100);
                    header.unsetData_page_header();
                    header.setDictionary_page_header(new org.apache.parquet.format.DictionaryPageHeader(
                            Integer.MAX_VALUE, org.apache.parquet.format.Encoding.PLAIN));
                }),
                "dictionary page with fewer values");
    }
}
