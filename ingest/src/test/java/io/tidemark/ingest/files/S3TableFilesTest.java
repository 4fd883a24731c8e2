package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table on a server that speaks S3, and what reading it costs in requests. */
class S3TableFilesTest {
    private static S3ForTests s3;
    private static TableFiles files;

    @BeforeAll
    static void start() throws IOException {
        s3 = new S3ForTests();
        files = TableLocation.open("s3://bucket/a table/t", s3.environment());
        for (int version = 0; version < 10; version++) {
            s3.put(
                    "a table/t/" + InMemoryTableFiles.commitPath(version),
                    "{\"add\":{\"path\":\"f" + version
                            + "\",\"partitionValues\":{},\"size\":3,\"modificationTime\":1,\"dataChange\":true}}\n"
                            + (version > 0
                                    ? ""
                                    : "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n"
                                            + "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                                            + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\","
                                            + "\"partitionColumns\":[],\"configuration\":{}}}\n"));
        }
        s3.put("a table/t/p=1/x y+é#.bin", "0123456789");
        s3.put("a table/tt/other", "not of this table");
    }

    @AfterAll
    static void stop() {
        files.close();
        s3.close();
    }

    @BeforeEach
    void forget() {
        s3.failWith(0);
        s3.requests();
    }

    @Test
    void readingAnObjectIsOneRequestWhetherItIsThereOrNot() throws IOException {
        StoredObject commit = files.read(InMemoryTableFiles.commitPath(3), 1000).orElseThrow();
        assertThat(commit.stat().publishedWhole()).isTrue();
        assertThat(commit.stat().modified()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(commit.stat().size()).isEqualTo(commit.bytes().length);
        assertThat(s3.requests()).hasSize(1);

        assertThat(files.read(InMemoryTableFiles.commitPath(99), 1000)).isEmpty();
        assertThat(s3.requests()).hasSize(1);
        assertThat(files.stat(InMemoryTableFiles.commitPath(99))).isEmpty();
        assertThat(s3.requests()).hasSize(1);
    }

    @Test
    void aPartOfAnObjectIsOneRequest() throws IOException {
        try (RandomAccess file = files.open("p=1/x y+é#.bin", 10)) {
            byte[] target = new byte[5];
            file.read(3, target, 1, 4);
            assertThat(target).containsExactly(0, '3', '4', '5', '6');
            assertThat(s3.requests()).hasSize(1);
            assertThatThrownBy(() -> file.read(8, target, 0, 5)).isInstanceOf(EOFException.class);
        }
        try (RandomAccess file = files.open("p=1/x y+é#.bin", -1)) {
            assertThat(file.size()).isEqualTo(10);
        }
        assertThatThrownBy(() -> files.open("absent", 4).read(0, new byte[4], 0, 4))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aListingBeginsWhereItIsTold() throws IOException {
        assertThat(files.list("_delta_log", "00000000000000000007"))
                .containsExactlyInAnyOrder(
                        "00000000000000000007.json", "00000000000000000008.json", "00000000000000000009.json");
        assertThat(s3.requests()).as("pages of three").hasSizeLessThan(3);
        assertThat(files.listObjects("_delta_log", "")).hasSize(10);
        assertThat(files.list("", "")).containsExactlyInAnyOrder("_delta_log", "p=1");
        assertThat(files.list("absent", "")).isEmpty();
    }

    @Test
    void theLogIsFollowedAndItsSnapshotRead() {
        DeltaTableLog log = new DeltaTableLog(files);

        assertThat(log.commit(9)).isPresent();
        assertThat(log.commit(10)).isEmpty();
        assertThat(s3.requests()).hasSize(2);
        assertThat(log.latestVersion(-1)).hasValue(9);
        try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.files()).toIterable().hasSize(10);
        }
    }

    @Test
    void aRefusalIsToldWithoutTheSecret() {
        s3.failWith(403);

        assertThatThrownBy(() -> files.read("x", 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403")
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("the-secret");
        assertThatThrownBy(() -> new DeltaTableLog(files).commit(3))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("00000000000000000003.json")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aBucketThatDoesNotExistIsNotAnEmptyTable() throws IOException {
        try (TableFiles other = TableLocation.open("s3://no-such-bucket/t", s3.environment())) {
            assertThatThrownBy(() -> other.read("x", 10))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(FileNotFoundException.class)
                    .hasMessageContaining("bucket does not exist");
        }
    }
}
