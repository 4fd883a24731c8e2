package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.web.export.ExportStoppedException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkQueueTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void chunksComeInTheOrderOfTheFilesWhoeverReadsThemFirst() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("ChunkQueueTest: -Dtidemark.seed=" + seed);
        Random random = new Random(seed);
        int files = 200;
        ChunkQueue queue = new ChunkQueue(8, 5);
        int[] sizes = random.ints(files, 0, 4).toArray();
        int[] chunks = random.ints(files, 0, 6).toArray();
        int[] next = {0};
        Object turn = new Object();
        for (int i = 0; i < 3; i++) {
            threads.execute(() -> {
                while (true) {
                    int file;
                    ChunkQueue.Slot slot;
                    synchronized (turn) {
                        if (next[0] == files) {
                            queue.close();
                            return;
                        }
                        file = next[0]++;
                        slot = queue.begin(sizes[file]);
                    }
                    for (int c = 0; c < chunks[file]; c++) {
                        queue.put(slot, new byte[] {(byte) file, (byte) c});
                    }
                    queue.end(slot);
                }
            });
        }

        List<String> taken = new ArrayList<>();
        for (byte[] chunk = queue.take(); chunk != null; chunk = queue.take()) {
            // Half for the first file, half for the others, and each may be one chunk above.
            assertThat(queue.bytes()).isLessThanOrEqualTo(8 + 3 * 2);
            taken.add((chunk[0] & 0xff) + "." + chunk[1]);
        }

        List<String> expected = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            for (int c = 0; c < chunks[file]; c++) {
                expected.add(file + "." + c);
            }
        }
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void theFileWhoseTurnItIsGoesOnWhenThoseAfterItHaveFilledTheirHalf() {
        ChunkQueue queue = new ChunkQueue(8, 100);
        ChunkQueue.Slot first = queue.begin(1);
        ChunkQueue.Slot second = queue.begin(1);
        queue.put(second, new byte[4]);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> queue.put(second, new byte[] {2}), threads);

        queue.put(first, new byte[] {1});
        queue.end(first);

        assertThat(queue.take()).containsExactly(1);
        assertThat(waiting).isNotDone();
        assertThat(queue.take()).hasSize(4);
        assertThat(queue.take()).containsExactly(2);
        waiting.join();
    }

    @Test
    void stoppingWakesEveryoneWithTheFirstReason() {
        ChunkQueue queue = new ChunkQueue(2, 100);
        ChunkQueue.Slot slot = queue.begin(1);
        queue.put(slot, new byte[1]);
        CompletableFuture<Void> putting = CompletableFuture.runAsync(() -> queue.put(slot, new byte[1]), threads);

        queue.stop(new ExportStoppedException(Cause.STALLED));
        queue.stop(new ExportStoppedException(Cause.SHUTDOWN));

        assertThatThrownBy(putting::join).hasRootCauseInstanceOf(ExportStoppedException.class);
        assertThatThrownBy(queue::take)
                .isInstanceOfSatisfying(
                        ExportStoppedException.class,
                        e -> assertThat(e.stopped()).isEqualTo(Cause.STALLED));
        assertThatThrownBy(() -> queue.begin(1)).isInstanceOf(ExportStoppedException.class);
    }
}
