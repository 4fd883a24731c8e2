package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.cube.FileCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelCounterTest {
    private static final TableMetadata TABLE = new TableMetadata("t", "{}", List.of(), List.of(), Map.of(), false);

    private final MaintainerStatistics statistics = new MaintainerStatistics();

    @Test
    void everyFileIsCountedOnceAndTakenOnTheCallersThread() {
        Set<Thread> takers = new HashSet<>();
        List<String> taken = new ArrayList<>();
        try (ParallelCounter counter = new ParallelCounter((file, table) -> counts(2), 3, statistics)) {
            counter.count(files(1000, 10).iterator(), TABLE, (file, counts) -> {
                takers.add(Thread.currentThread());
                taken.add(file.path());
            });
        }

        assertThat(takers).containsExactly(Thread.currentThread());
        assertThat(taken).hasSize(1000).doesNotHaveDuplicates();
        assertThat(statistics.filesScanned()).isEqualTo(1000);
        assertThat(statistics.rowsScanned()).isEqualTo(2000);
        assertThat(statistics.bytesScanned()).isEqualTo(10_000);
    }

    @Test
    void aLoneFileIsCountedOnTheCallersThread() {
        Set<Thread> counters = new HashSet<>();
        FileCounter fake = (file, table) -> {
            counters.add(Thread.currentThread());
            return counts(1);
        };
        try (ParallelCounter counter = new ParallelCounter(fake, 3, statistics)) {
            counter.count(files(1, 10).iterator(), TABLE, (file, counts) -> {});
        }

        assertThat(counters).containsExactly(Thread.currentThread());
    }

    @Test
    void filesAreCountedAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        FileCounter fake = (file, table) -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return counts(1);
        };
        try (ParallelCounter counter = new ParallelCounter(fake, 2, statistics)) {
            counter.count(files(2, 10).iterator(), TABLE, (file, counts) -> {});
        }

        assertThat(both.getCount()).isZero();
    }

    @Test
    void noMoreBigFilesAreInFlightThanTwiceTheThreads() {
        AtomicInteger ahead = new AtomicInteger();
        int[] most = new int[1];
        Iterator<DataFile> files = files(200, 10_000_000).iterator();
        Iterator<DataFile> counted = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return files.hasNext();
            }

            @Override
            public DataFile next() {
                most[0] = Math.max(most[0], ahead.incrementAndGet());
                return files.next();
            }
        };
        try (ParallelCounter counter = new ParallelCounter((file, table) -> counts(1), 2, statistics)) {
            counter.count(counted, TABLE, (file, counts) -> ahead.decrementAndGet());
        }

        assertThat(most[0]).isLessThanOrEqualTo(4);
    }

    @Test
    void aFailureComesOutAsItIsAndNothingGoesOnAfterIt() {
        Set<String> running = ConcurrentHashMap.newKeySet();
        FileCounter fake = (file, table) -> {
            running.add(file.path());
            try {
                if (file.path().equals("f20")) {
                    throw new MissingDataFileException("f20 is gone", null);
                }
                return counts(1);
            } finally {
                running.remove(file.path());
            }
        };
        try (ParallelCounter counter = new ParallelCounter(fake, 3, statistics)) {
            assertThatThrownBy(() -> counter.count(files(500, 10).iterator(), TABLE, (file, counts) -> {}))
                    .isInstanceOf(MissingDataFileException.class)
                    .hasMessage("f20 is gone");
            assertThat(running).isEmpty();

            List<String> taken = new ArrayList<>();
            counter.count(files(20, 10).iterator(), TABLE, (file, counts) -> taken.add(file.path()));
            assertThat(taken).as("fit for use after a failure").hasSize(20);
        }
    }

    @Test
    void anErrorComesOutAsAnError() {
        FileCounter fake = (file, table) -> {
            throw new OutOfMemoryError("test");
        };
        try (ParallelCounter counter = new ParallelCounter(fake, 2, statistics)) {
            assertThatThrownBy(() -> counter.count(files(5, 10).iterator(), TABLE, (file, counts) -> {}))
                    .isInstanceOf(OutOfMemoryError.class);
        }
    }

    private static List<DataFile> files(int count, long size) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DataFile("f" + i, Optional.empty(), Map.of(), size, Optional.empty()))
                .toList();
    }

    private static FileCounts counts(long rows) {
        return new FileCounts(rows, List.of(), new int[0][], new long[0], new int[0], new long[0], new long[0]);
    }
}
