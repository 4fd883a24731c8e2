package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountingShareTest {
    private final CountingShare share = new CountingShare(100);

    @Test
    void whoNeedsMoreThanIsLeftWaitsUntilAnOlderOneIsDone() throws Exception {
        CountingShare.Ticket older = share.open();
        assertThat(older.take(60)).isTrue();
        Thread[] waiting = new Thread[1];
        CompletableFuture<Boolean> younger = CompletableFuture.supplyAsync(() -> {
            waiting[0] = Thread.currentThread();
            try (CountingShare.Ticket ticket = share.open()) {
                return ticket.take(40) && ticket.take(50);
            }
        });
        while (waiting[0] == null || waiting[0].getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(younger).isNotDone();

        older.close();

        assertThat(younger.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theOldestGoesOnThoughTheOthersHaveTakenTheRoom() {
        try (CountingShare.Ticket oldest = share.open();
                CountingShare.Ticket other = share.open()) {
            assertThat(other.take(90)).isTrue();
            assertThat(oldest.take(100)).isTrue();
        }
        try (CountingShare.Ticket alone = share.open()) {
            assertThat(alone.take(100)).as("all was given back").isTrue();
        }
    }

    @Test
    void oneThatAloneNeedsMoreThanThereIsDoesNotWaitForIt() {
        try (CountingShare.Ticket ticket = share.open()) {
            assertThat(ticket.take(101)).isFalse();
            assertThat(ticket.take(1)).isTrue();
        }
    }
}
