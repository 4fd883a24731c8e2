package io.tidemark.views.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScanThreadsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void resultsComeInTheOrderOfTheItemsThoughSeveralAreWorkedOnAtOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Integer> results = new ArrayList<>();
        try (ScanThreads threads = new ScanThreads(2, 1);
                Scan scan = threads.admit(LONG)) {
            scan.expect(100);
            scan.run(
                    items(100),
                    item -> {
                        await(both); // Comes to an end only if another item is worked on meanwhile.
                        scan.looked(10);
                        return item;
                    },
                    results::add);
            assertThat(scan.progress()).isEqualTo(new ScanProgress(100, 100, 1000));
        }
        assertThat(results).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void oneScanMoreThanAllowedIsRefusedUntilOneHasEnded() {
        try (ScanThreads threads = new ScanThreads(1, 2)) {
            Scan first = threads.admit(LONG);
            Scan second = threads.admit(LONG);
            assertThatThrownBy(() -> threads.admit(LONG)).isInstanceOf(ScanRefusedException.class);
            first.close();
            Scan third = threads.admit(LONG);
            assertThat(threads.running()).isEqualTo(2);
            second.close();
            third.close();
            assertThat(threads.running()).isZero();
        }
    }

    @Test
    void aShortScanDoesNotWaitForALongOneToEnd() throws Exception {
        try (ScanThreads threads = new ScanThreads(1, 2)) {
            CountDownLatch begun = new CountDownLatch(1);
            Scan endless = threads.admit(LONG);
            Future<?> ended = Executors.newSingleThreadExecutor().submit(() -> {
                begun.countDown();
                endless.run(
                        IntStream.iterate(0, i -> i + 1).iterator(),
                        item -> item,
                        result -> assertThat(result).isNotNegative());
            });
            begun.await();
            AtomicInteger sum = new AtomicInteger();
            try (Scan quick = threads.admit(LONG)) {
                quick.run(items(10), item -> item, sum::addAndGet);
            }
            assertThat(sum).hasValue(45);
            assertThat(ended.isDone()).isFalse();
            endless.cancel();
            assertThatThrownBy(ended::get).hasCauseInstanceOf(ScanStoppedException.class);
            endless.close();
        }
    }

    @Test
    void aCancelledScanReturnsWhenNothingOfItIsGoingOn() {
        AtomicBoolean working = new AtomicBoolean();
        try (ScanThreads threads = new ScanThreads(2, 1);
                Scan scan = threads.admit(LONG)) {
            assertThatThrownBy(() -> scan.run(
                            items(1000),
                            item -> {
                                working.set(true);
                                if (item == 50) {
                                    scan.cancel();
                                }
                                working.set(false);
                                return item;
                            },
                            result -> {}))
                    .isInstanceOfSatisfying(
                            ScanStoppedException.class,
                            e -> assertThat(e.stopped()).isEqualTo(ScanStoppedException.Cause.CANCELLED));
            assertThat(working).isFalse();
        }
    }

    @Test
    void aScanThatTakesTooLongIsStopped() {
        try (ScanThreads threads = new ScanThreads(1, 1);
                Scan scan = threads.admit(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> scan.run(
                            items(1),
                            item -> {
                                while (true) {
                                    scan.check();
                                    Thread.onSpinWait();
                                }
                            },
                            result -> {}))
                    .isInstanceOfSatisfying(
                            ScanStoppedException.class,
                            e -> assertThat(e.stopped()).isEqualTo(ScanStoppedException.Cause.DEADLINE));
        }
    }

    @Test
    void whatGoesWrongWithAnItemEndsTheScanAndIsTold() {
        ConcurrentLinkedQueue<Integer> delivered = new ConcurrentLinkedQueue<>();
        try (ScanThreads threads = new ScanThreads(2, 1)) {
            Scan scan = threads.admit(LONG);
            assertThatThrownBy(() -> scan.run(
                            items(100),
                            item -> {
                                if (item == 7) {
                                    throw new IllegalArgumentException("item 7");
                                }
                                return item;
                            },
                            delivered::add))
                    .hasMessage("item 7");
            assertThat(delivered).containsExactly(0, 1, 2, 3, 4, 5, 6);
            scan.close();
            // The threads go on for others.
            try (Scan next = threads.admit(LONG)) {
                next.run(items(3), item -> item, delivered::add);
            }
            assertThat(delivered).hasSize(10);
        }
    }

    @Test
    void closingTheThreadsEndsWhatIsGoingOn() {
        ScanThreads threads = new ScanThreads(1, 1);
        Scan scan = threads.admit(LONG);
        assertThatThrownBy(() -> scan.run(
                        items(100),
                        item -> {
                            threads.close();
                            return item;
                        },
                        result -> {}))
                .isInstanceOf(ScanStoppedException.class);
        scan.close();
    }

    private static Iterator<Integer> items(int count) {
        return IntStream.range(0, count).iterator();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
