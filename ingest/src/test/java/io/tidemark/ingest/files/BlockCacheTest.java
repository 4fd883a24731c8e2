package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.BlockCache.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache whose disk fails. How its blocks are read is {@link CachedFilesTest}'s. */
class BlockCacheTest {
    private static final String FILE = "0123456789abcdef0123456789abcdef";
    private static final Block BLOCK = new Block("tag", new byte[1000]);

    @TempDir
    Path parent;

    private final AtomicLong nanos = new AtomicLong();

    private BlockCache cache(Path dir) throws IOException {
        return new BlockCache(dir, 1 << 20, nanos::get);
    }

    @Test
    void aDiskThatFailsIsPassedByForAWhileAndThenTriedAgain() throws IOException {
        Path dir = parent.resolve("cache");
        BlockCache cache = cache(dir);
        cache.put(FILE, 0, BLOCK);
        Files.move(dir, parent.resolve("elsewhere"));
        Files.writeString(dir, "no folder any more");

        assertThat(cache.get(FILE, 0)).isEmpty();
        long failures = cache.failures();
        assertThat(failures).isPositive();
        for (int i = 0; i < 100; i++) {
            cache.put(FILE, i, BLOCK);
        }
        assertThat(cache.failures()).as("not tried each time").isEqualTo(failures);
        assertThat(cache.get(FILE, 7)).isEmpty();
        assertThat(cache.bytes()).isZero();

        nanos.addAndGet(CacheTrouble.PAUSE.toNanos());
        cache.put(FILE, 0, BLOCK);
        assertThat(cache.failures()).as("tried once more").isEqualTo(failures + 1);

        Files.delete(dir);
        Files.move(parent.resolve("elsewhere"), dir);
        cache.put(FILE, 1, BLOCK);
        assertThat(cache.get(FILE, 1)).isEmpty();
        nanos.addAndGet(CacheTrouble.PAUSE.toNanos());
        cache.put(FILE, 1, BLOCK);
        assertThat(cache.get(FILE, 1)).get().extracting(Block::tag).isEqualTo("tag");
        assertThat(cache.failures()).isEqualTo(failures + 1);
    }

    @Test
    void whatIsLeftOfAnotherProcessAndCannotBeDeletedIsNoReasonNotToStart() throws IOException {
        Path stuck = Files.createDirectories(parent.resolve("left.draft")).resolve("inside");
        Files.writeString(stuck, "so that it cannot be deleted");
        BlockCache cache = cache(parent);
        assertThat(cache.failures()).isOne();
        nanos.addAndGet(CacheTrouble.PAUSE.toNanos());
        cache.put(FILE, 0, BLOCK);
        assertThat(cache.get(FILE, 0)).isPresent();
    }
}
