package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cache in front of a store, and what it costs there. */
class CachedFilesTest {
    private static final int BLOCK = CachedFile.BLOCK;
    private static final String DATA = "part-1.parquet";

    @TempDir
    Path dir;

    private final Random random = new Random(7);
    private S3ForTests s3;
    private TableFiles store;
    private byte[] content;

    @BeforeEach
    void start() throws IOException {
        s3 = new S3ForTests();
        store = TableLocation.open("s3://bucket/t", s3.environment());
        content = new byte[10 * BLOCK + 12345];
        random.nextBytes(content);
        s3.put("t/" + DATA, content);
    }

    @AfterEach
    void stop() {
        store.close();
        s3.close();
    }

    private CachedFiles files(long most) throws IOException {
        return new CachedFiles(store, new BlockCache(dir, most));
    }

    private byte[] read(TableFiles files, long position, int length) throws IOException {
        byte[] target = new byte[length + 2];
        try (RandomAccess file = files.open(DATA, content.length)) {
            file.read(position, target, 1, length);
        }
        assertThat(target[0]).isZero();
        assertThat(target[length + 1]).isZero();
        return Arrays.copyOfRange(target, 1, length + 1);
    }

    private byte[] expected(long position, int length) {
        return Arrays.copyOfRange(content, (int) position, (int) position + length);
    }

    @Test
    void whatWasReadOnceIsNotAskedForAgain() throws IOException {
        CachedFiles files = files(1 << 30);
        assertThat(read(files, 100, 3 * BLOCK)).isEqualTo(expected(100, 3 * BLOCK));
        assertThat(s3.requests()).as("four neighbours in one request").hasSize(1);

        assertThat(read(files, 50, 2 * BLOCK)).isEqualTo(expected(50, 2 * BLOCK));
        assertThat(s3.requests()).isEmpty();
        assertThat(read(files, 3L * BLOCK, 2 * BLOCK)).isEqualTo(expected(3L * BLOCK, 2 * BLOCK));
        assertThat(s3.requests()).as("only the block that is not kept").hasSize(1);
    }

    @Test
    void anyReadIsTheSameAsWithoutTheCache() throws IOException {
        // Room for some of the blocks only, so that they come and go.
        CachedFiles files = files(4 * BLOCK);
        for (int i = 0; i < 60; i++) {
            int position = random.nextInt(content.length);
            int length = random.nextInt(Math.min(3 * BLOCK, content.length - position) + 1);
            assertThat(Arrays.equals(read(files, position, length), expected(position, length)))
                    .as("%d bytes from %d", length, position)
                    .isTrue();
        }
        assertThatThrownBy(() -> read(files, content.length - 3L, 4)).isInstanceOf(EOFException.class);
    }

    @Test
    void itNeverTakesMoreThanItMay() throws IOException {
        BlockCache cache = new BlockCache(dir, 3 * BLOCK);
        CachedFiles files = new CachedFiles(store, cache);
        for (int i = 0; i + BLOCK < content.length; i += BLOCK) {
            read(files, i, BLOCK);
            assertThat(cache.bytes()).isLessThanOrEqualTo(3L * BLOCK).isEqualTo(bytesOnDisk());
        }
        s3.requests();

        read(files, 9L * BLOCK, BLOCK);
        assertThat(s3.requests()).as("the newest stay").isEmpty();
        read(files, 0, BLOCK);
        assertThat(s3.requests()).as("the oldest went").hasSize(1);
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> blocks = Files.list(dir)) {
            return blocks.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void whatWasKeptIsThereAfterARestart() throws IOException {
        read(files(1 << 30), 0, 3 * BLOCK);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        for (Path block : blocks()) {
            // Written within one tick of the file system's clock.
            String name = block.getFileName().toString();
            long number = Long.parseLong(name.substring(name.indexOf('-') + 1));
            Files.setLastModifiedTime(block, FileTime.from(time.plusSeconds(number)));
        }
        Files.writeString(dir.resolve("something.draft"), "a crash left this");
        s3.requests();

        CachedFiles again = files(2 * BLOCK + 1000);
        assertThat(dir.resolve("something.draft")).doesNotExist();
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(2 * BLOCK + 1000);
        assertThat(read(again, 2L * BLOCK, BLOCK)).isEqualTo(expected(2L * BLOCK, BLOCK));
        assertThat(s3.requests()).as("the newest stay").isEmpty();
        assertThat(read(again, 0, BLOCK)).isEqualTo(expected(0, BLOCK));
        assertThat(s3.requests()).hasSize(1);
    }

    @Test
    void aDamagedBlockIsFetchedAgain() throws IOException {
        CachedFiles files = files(1 << 30);
        read(files, 0, BLOCK);
        s3.requests();
        for (Path block : blocks()) {
            byte[] bytes = Files.readAllBytes(block);
            bytes[bytes.length / 2] ^= 1;
            Files.write(block, bytes);
        }

        assertThat(read(files, 0, BLOCK)).isEqualTo(expected(0, BLOCK));
        assertThat(s3.requests()).hasSize(1);
        for (Path block : blocks()) {
            Files.write(block, Arrays.copyOf(Files.readAllBytes(block), 100));
        }
        assertThat(read(files, 0, BLOCK)).isEqualTo(expected(0, BLOCK));
        for (Path block : blocks()) {
            Files.delete(block);
        }
        assertThat(read(files, 0, BLOCK)).isEqualTo(expected(0, BLOCK));
    }

    private List<Path> blocks() throws IOException {
        try (Stream<Path> blocks = Files.list(dir)) {
            return blocks.toList();
        }
    }

    @Test
    void blocksOfAnotherObjectOfTheSameNameAreNotMixedIn() throws IOException {
        CachedFiles files = files(1 << 30);
        read(files, 0, BLOCK);
        byte[] other = new byte[content.length];
        random.nextBytes(other);
        s3.put("t/" + DATA, other);

        assertThatThrownBy(() -> read(files, 0, 2 * BLOCK)).hasMessageContaining("replaced");
        assertThat(read(files, 0, 2 * BLOCK)).isEqualTo(Arrays.copyOf(other, 2 * BLOCK));
    }

    @Test
    void theLogIsNeverKept() throws IOException {
        s3.put("t/_delta_log/00000000000000000001.checkpoint.parquet", content);
        CachedFiles files = files(1 << 30);
        for (int i = 0; i < 2; i++) {
            try (RandomAccess file = files.open("_delta_log/00000000000000000001.checkpoint.parquet", content.length)) {
                file.read(0, new byte[10], 0, 10);
            }
        }
        assertThat(s3.requests()).hasSize(2);
        assertThat(blocks()).isEmpty();
    }
}
