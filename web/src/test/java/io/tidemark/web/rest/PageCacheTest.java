package io.tidemark.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageCacheTest {
    private record Query(String text) {}

    private static final PageCache.Key KEY = new PageCache.Key("epoch", 7, new Query("all"));
    private static final Buffer PAGE = Buffer.buffer("[" + "1234567,".repeat(20_000) + "0]");

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final PageCache cache = new PageCache(1 << 20, work::add);

    @Test
    void aLargeAnswerIsCompressedByAWorkerOnceForItsVersionAndQuery() throws IOException {
        CompletableFuture<Buffer> first = cache.compressed(KEY, PAGE);
        assertThat(first).as("the caller, an event loop, does not do it").isNotDone();
        assertThat(work).hasSize(1);
        work.remove().run();

        assertThat(cache.compressed(KEY, PAGE)).isSameAs(first);
        assertThat(work).as("it is not done again").isEmpty();
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(first.join().getBytes()))) {
            assertThat(in.readAllBytes()).isEqualTo(PAGE.getBytes());
        }
        assertThat(cache.known(KEY)).as("the plain one is another answer").isEmpty();
        assertThat(cache.compressed(new PageCache.Key("epoch", 8, new Query("all")), PAGE))
                .isNotDone();
    }

    @Test
    void compressedAnswersAreWithinTheBoundOfBytes() {
        PageCache small = new PageCache(100, Runnable::run);
        CompletableFuture<Buffer> first = small.compressed(KEY, PAGE);

        assertThat(first.join().length()).isGreaterThan(100);
        assertThat(small.compressed(new PageCache.Key("epoch", 8, new Query("all")), PAGE))
                .isCompleted();
        assertThat(small.compressed(KEY, PAGE)).as("it was not kept").isNotSameAs(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "deflate, GZIP;q=0.5, br|true",
                "gzip; q=1|true",
                "gzip;q=0|false",
                "gzip;q=0.000|false",
                "identity|false",
                "*|false",
                "x-gzip2|false",
                "|false"
            })
    void onlyWhoNamesGzipGetsIt(String acceptEncoding, boolean accepted) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isEqualTo(accepted);
    }
}
