package io.tidemark.ingest.files;

import java.time.Duration;
import java.util.Objects;

/**
 * How long, and how often, a request to an object store is tried. A read that needs more is given up; whoever follows the table
 * asks again later.
 *
 * @param answer longest wait for the beginning of an answer, connecting included
 * @param bytesPerSecond a body may take this much longer than {@code answer}: less is no progress
 * @param attempts most requests for one read
 * @param budget after this much time no further request of a read is begun
 * @param pause before the second request; doubled for each further one, and each between a half and the whole
 */
public record StoreLimits(Duration answer, int bytesPerSecond, int attempts, Duration budget, Duration pause) {

    public static final StoreLimits DEFAULT =
            new StoreLimits(Duration.ofSeconds(10), 64 << 10, 4, Duration.ofSeconds(30), Duration.ofMillis(200));

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    public StoreLimits {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(pause, "pause");
        if (answer.toMillis() < 1 || bytesPerSecond < 1 || attempts < 1 || budget.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException("not above zero: " + answer + ", " + bytesPerSecond + ", " + attempts
                    + ", " + budget + ", " + pause);
        }
    }

    /** How long a body of so many bytes may take. */
    Duration timeFor(int bytes) {
        return answer.plusMillis(bytes * 1000L / bytesPerSecond);
    }

    /**
     * The pause after a failure.
     *
     * @param failures so far, from 1
     * @param share of the half that is left to chance, from 0 to 1
     */
    Duration pauseAfter(int failures, double share) {
        long whole = Math.min(pause.toMillis() << Math.min(failures - 1, 20), LONGEST_PAUSE_MILLIS);
        return Duration.ofMillis(whole - (long) (share * whole / 2));
    }
}
