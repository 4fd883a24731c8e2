package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.parquet.Forged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that claim what would take all memory, or for ever: refused before the library that believes them sees them. */
class CheckpointBombTest {
    private static final String CHECKPOINT = "_delta_log/" + LogPaths.prefix(10) + ".checkpoint.parquet";

    /** As in a heap of 256 MB: pages of 32 MB, footers of 2 MB. */
    private static final LogLimits LIMITS = LogLimits.of(256 << 20);

    private final InMemoryTableFiles files = new InMemoryTableFiles();
    private final DeltaTableLog log = new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO, LIMITS);

    @BeforeEach
    void noCommitToFallBackOn() {
        files.putCommit(10, Lines.add("part-0"));
        files.putCommit(11, Lines.add("later"));
    }

    private static CheckpointFile actions() {
        CheckpointFile file = new CheckpointFile().protocol().metadata("table");
        for (int i = 0; i < 50; i++) {
            file.add("part-" + i, "p", 10);
        }
        return file;
    }

    private static byte[] good(CompressionCodecName codec) throws IOException {
        return actions().bytes(b -> b.withCompressionCodec(codec));
    }

    private static byte[] good() throws IOException {
        return good(CompressionCodecName.SNAPPY);
    }

    private void assertRefused(byte[] checkpoint, String reason) {
        files.put(CHECKPOINT, checkpoint);
        assertThatThrownBy(() -> {
                    try (TableSnapshot snapshot = log.snapshot(11)) {
                        snapshot.files().forEachRemaining(file -> {});
                    }
                })
                .isInstanceOf(TableException.class)
                .hasMessageContaining(CHECKPOINT)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("memory:");
    }

    @Test
    void theGoodOneIsRead() throws IOException {
        files.put(CHECKPOINT, good());
        List<String> found = new ArrayList<>();
        try (TableSnapshot snapshot = log.snapshot(11)) {
            snapshot.files().forEachRemaining(file -> found.add(file.path()));
        }
        assertThat(found).hasSize(51);
    }

    private static byte[] forgedPage(byte[] good, String column, byte[] body, Consumer<PageHeader> lie) {
        return Forged.page(good, Forged.column(good, column), body, lie);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void aPageOfTenKilobytesThatClaimsTwoGigabytes(CompressionCodecName codec) throws IOException {
        byte[] body = new byte[10_000];
        assertRefused(
                forgedPage(good(codec), "add.path", body, header -> {
                    header.setUncompressed_page_size(Integer.MAX_VALUE);
                    header.setCompressed_page_size(body.length);
                }),
                "has a page of");
    }

    @Test
    void aPageThatReallyInflatesToSoMuch() throws IOException {
        byte[] body = Zstd.compress(new byte[40 << 20]);
        assertThat(body.length).isLessThan(20_000);
        assertRefused(
                forgedPage(good(CompressionCodecName.ZSTD), "add.path", body, header -> {
                    header.setUncompressed_page_size(40 << 20);
                    header.setCompressed_page_size(body.length);
                }),
                "are read");
    }

    @Test
    void aPageThatInflatesToMoreThanItClaims() throws IOException {
        byte[] body = Zstd.compress(new byte[20 << 20]);
        assertRefused(
                forgedPage(good(CompressionCodecName.ZSTD), "add.path", body, header -> {
                    header.setUncompressed_page_size(1_000);
                    header.setCompressed_page_size(body.length);
                }),
                "could not be decompressed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPageOfAnImpossibleSize(int size) throws IOException {
        assertRefused(
                forgedPage(good(), "add.path", new byte[100], header -> header.setCompressed_page_size(size)),
                "has a page");
    }

    @Test
    void aPageOfTwoBillionValues() throws IOException {
        assertRefused(
                forgedPage(good(), "add.path", new byte[100], header -> {
                    header.setCompressed_page_size(100);
                    header.setUncompressed_page_size(100);
                    header.getData_page_header().setNum_values(Integer.MAX_VALUE);
                }),
                "2147483647 values");
    }

    @Test
    void aRunOfABillionGroups() throws IOException {
        // Definition levels of one bit-packed run: its length, then a header of five bytes.
        byte[] body = {6, 0, 0, 0, -1, -1, -1, -1, 7, 1, 0, 0};
        assertRefused(
                forgedPage(good(CompressionCodecName.UNCOMPRESSED), "add.path", body, header -> {
                    header.setCompressed_page_size(body.length);
                    header.setUncompressed_page_size(body.length);
                }),
                "has a run of");
    }

    @Test
    void deltasOfTwoBillionValues() throws IOException {
        byte[] good = actions()
                .bytes(b -> b.withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                        .withDictionaryEncoding(false)
                        .withWriterVersion(WriterVersion.PARQUET_2_0));
        // No repetition levels; definition levels of one run of 52 ones; then block, miniblocks, count, first value.
        byte[] body = {104, 2, -128, 1, 4, -1, -1, -1, -1, 7, 0};
        assertRefused(
                forgedPage(good, "add.size", body, header -> {
                    header.setCompressed_page_size(body.length);
                    header.setUncompressed_page_size(body.length);
                    header.getData_page_header_v2().setNum_values(52);
                    header.getData_page_header_v2().setRepetition_levels_byte_length(0);
                    header.getData_page_header_v2().setDefinition_levels_byte_length(2);
                    header.getData_page_header_v2().setIs_compressed(false);
                }),
                "delta-encoded page with an impossible header");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE, 1 << 24, 5_000_000})
    void aFooterOfAnImpossibleLength(int length) throws IOException {
        byte[] bytes = good();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
        assertRefused(bytes, "has a footer of " + length + " bytes");
    }

    private void assertFooterRefused(Consumer<FileMetaData> lie, String reason) throws IOException {
        assertRefused(Forged.footer(good(), lie), reason);
    }

    @Test
    void aSchemaOfTenThousandLevels() throws IOException {
        assertFooterRefused(
                footer -> {
                    for (int i = 0; i < 10_000; i++) {
                        footer.addToSchema(new SchemaElement("g" + i)
                                .setNum_children(1)
                                .setRepetition_type(FieldRepetitionType.OPTIONAL));
                    }
                    footer.addToSchema(new SchemaElement("leaf").setType(Type.INT32));
                    footer.getSchema()
                            .get(0)
                            .setNum_children(footer.getSchema().get(0).getNum_children() + 1);
                },
                "more than 40 levels");
    }

    @Test
    void aHundredThousandColumns() throws IOException {
        assertFooterRefused(
                footer -> {
                    for (int i = 0; i < 100_000; i++) {
                        footer.addToSchema(new SchemaElement("c").setType(Type.INT32));
                    }
                },
                "a schema of 100");
    }

    @Test
    void aSchemaThatIsNoTree() throws IOException {
        assertFooterRefused(footer -> footer.getSchema().get(0).setNum_children(Integer.MAX_VALUE), "not a tree");
        assertFooterRefused(footer -> footer.getSchema().get(1).setNum_children(-5), "not a tree");
    }

    @Test
    void moreRowsThanAFileOfItsSizeCanHave() throws IOException {
        assertFooterRefused(
                footer -> {
                    footer.setNum_rows(Long.MAX_VALUE);
                    footer.getRow_groups().get(0).setNum_rows(Long.MAX_VALUE);
                },
                "rows");
    }

    @Test
    void moreRowGroupsThanAFileHas() throws IOException {
        assertFooterRefused(
                footer -> {
                    RowGroup group = footer.getRow_groups().get(0);
                    for (int i = 0; i < 400; i++) {
                        footer.addToRow_groups(group);
                    }
                },
                "do not add up");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31, Long.MAX_VALUE})
    void aColumnOutsideTheFile(long length) throws IOException {
        assertFooterRefused(
                footer -> footer.getRow_groups()
                        .get(0)
                        .getColumns()
                        .get(1)
                        .getMeta_data()
                        .setTotal_compressed_size(length),
                "outside the file");
    }

    @Test
    void columnsThatLieOnTopOfEachOther() throws IOException {
        assertFooterRefused(
                footer -> {
                    var columns = footer.getRow_groups().get(0).getColumns();
                    var first = columns.get(2).getMeta_data();
                    var second = columns.get(3).getMeta_data();
                    second.setData_page_offset(first.getData_page_offset());
                    second.unsetDictionary_page_offset();
                },
                "overlap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "/etc/passwd",
                "file:///etc/passwd",
                "s3://other/x.parquet",
                "%2e%2e/%2e%2e/%2e%2e/secret.parquet",
                "memory:/elsewhere/x.parquet",
            })
    void aSidecarOutsideTheTableIsNotOpened(String path) throws IOException {
        byte[] top = new CheckpointFile()
                .protocol("v2Checkpoint")
                .metadata("table")
                .checkpointMetadata(10)
                .sidecar(path, 1_000)
                .bytes(b -> b);
        files.put(
                "_delta_log/" + LogPaths.prefix(10) + ".checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet", top);

        assertThatThrownBy(() -> {
                    try (TableSnapshot snapshot = log.snapshot(11)) {
                        snapshot.files().forEachRemaining(file -> {});
                    }
                })
                .isInstanceOf(TableException.class)
                .hasMessageNotContaining("memory:/table");
        assertThat(files.asked())
                .allMatch(asked -> asked.equals("_delta_log") || asked.startsWith("_delta_log/"))
                .noneMatch(asked -> asked.contains("secret.parquet") && !asked.startsWith("_delta_log/_sidecars/"))
                .noneMatch(asked -> asked.contains(".."));
    }
}
