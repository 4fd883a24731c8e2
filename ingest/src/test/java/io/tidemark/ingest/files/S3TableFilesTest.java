package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.StoreRequests.Operation;
import io.tidemark.ingest.files.StoreRequests.Outcome;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table on a server that speaks S3, and what reading it costs in requests. */
class S3TableFilesTest {
    private static final StoreLimits QUICK =
            new StoreLimits(Duration.ofSeconds(5), 1000, 3, Duration.ofSeconds(10), Duration.ofMillis(2));

    private static S3ForTests s3;
    private static TableFiles files;

    @BeforeAll
    static void start() throws IOException {
        s3 = new S3ForTests();
        files = TableLocation.parse("s3://bucket/a table/t").open(s3.environment(), QUICK);
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

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, error of its own",
        "503, SlowDown, slow down",
        "403, AccessDenied, forbids",
        "403, InvalidAccessKeyId, does not know the access key",
        "403, SignatureDoesNotMatch, does not accept the secret key",
        "400, ExpiredToken, have expired",
        "403, RequestTimeTooSkewed, clock",
        "301, PermanentRedirect, another region",
        "412, PreconditionFailed, replaced",
        "418, Teapot, answers 418 Teapot"
    })
    void eachKindOfRefusalHasItsOwnReason(int status, String code, String words) {
        s3.failWith(status, code, Integer.MAX_VALUE);

        assertThatThrownBy(() -> files.read("x", 10))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("127.0.0.1");
        boolean again = status >= 500 || code.equals("RequestTimeTooSkewed");
        if (status != 301) { // which the library follows by itself
            assertThat(s3.requests()).as("tried again only where that may help").hasSize(again ? 3 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void anErrorThatPassesIsNotNoticed(int status) throws IOException {
        s3.failWith(status, "Passing", 2);

        assertThat(files.read("p=1/x y+é#.bin", 100)).isPresent();
        assertThat(s3.requests()).hasSize(3);
    }

    @Test
    void aBodyThatBreaksOffIsReadOnWhereItBroke() throws IOException {
        // The server leaves the connection open then, so that only the limit ends it.
        StoreLimits impatient =
                new StoreLimits(Duration.ofMillis(400), 1 << 20, 5, Duration.ofSeconds(20), Duration.ofMillis(2));
        try (TableFiles quick = TableLocation.parse("s3://bucket/a table/t").open(s3.environment(), impatient);
                RandomAccess file = quick.open("p=1/x y+é#.bin", 10)) {
            byte[] target = new byte[9];
            s3.cutNextBodyTo(4);
            file.read(1, target, 0, 9);
            assertThat(target).containsExactly("123456789".getBytes(StandardCharsets.UTF_8));
            assertThat(s3.requests()).hasSizeGreaterThan(1);
            s3.cutNextBodyTo(4);
            assertThat(quick.read("p=1/x y+é#.bin", 100).orElseThrow().bytes())
                    .containsExactly("0123456789".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void partsOfAFileAreAllOfTheSameObject() throws IOException {
        s3.put("a table/t/p=1/swapped", "the first content");
        try (RandomAccess file = files.open("p=1/swapped", 17)) {
            file.read(0, new byte[3], 0, 3);
            assertThat(file.tag()).isPresent();
            s3.put("a table/t/p=1/swapped", "other content now");
            assertThatThrownBy(() -> file.read(3, new byte[3], 0, 3))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("replaced");
        }
    }

    @Test
    void severalPartsAreOneRequestEach() throws IOException {
        byte[] target = new byte[6];
        try (RandomAccess file = files.open("p=1/x y+é#.bin", 10)) {
            file.read(List.of(
                    new RandomAccess.Part(0, target, 4, 2),
                    new RandomAccess.Part(5, target, 0, 2),
                    new RandomAccess.Part(8, target, 2, 2)));
        }
        assertThat(target).containsExactly("568901".getBytes(StandardCharsets.UTF_8));
        assertThat(s3.requests()).hasSize(3);
    }

    @Test
    void requestsAreCountedByWhatCameOfThem() throws IOException {
        try (TableFiles counted = TableLocation.parse("s3://bucket/a table/t").open(s3.environment(), QUICK)) {
            counted.read("p=1/x y+é#.bin", 100);
            counted.read("absent", 100);
            counted.stat("absent");
            counted.list("_delta_log", "00000000000000000009");
            s3.failWith(503, "SlowDown", 1);
            counted.read("p=1/x y+é#.bin", 100);

            StoreRequests requests = counted.storeRequests().orElseThrow();
            assertThat(requests.count(Operation.GET, Outcome.OK)).isEqualTo(2);
            assertThat(requests.count(Operation.GET, Outcome.ABSENT)).isEqualTo(1);
            assertThat(requests.count(Operation.GET, Outcome.THROTTLED)).isEqualTo(1);
            assertThat(requests.count(Operation.HEAD, Outcome.ABSENT)).isEqualTo(1);
            assertThat(requests.count(Operation.LIST, Outcome.OK)).isEqualTo(1);
            assertThat(requests.bytes()).isEqualTo(20);
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidToBeSo() throws IOException {
        Map<String, String> nowhere = new TreeMap<>(s3.environment());
        nowhere.put("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        try (TableFiles other = TableLocation.parse("s3://bucket/t").open(nowhere, QUICK)) {
            assertThatThrownBy(() -> other.read("x", 10))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be reached")
                    .hasMessageNotContaining("127.0.0.1");
        }
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
