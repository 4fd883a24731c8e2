package io.tidemark.ingest.files;

import io.tidemark.ingest.files.StoreRequests.Operation;
import io.tidemark.ingest.files.StoreRequests.Outcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place that sends: each request counted, told apart if it fails, and sent again where that may help, within
 * {@link StoreLimits}. Safe for use by many threads.
 */
final class S3Requests {

    /** One request and its answer. */
    interface Attempt<T> {
        T send() throws IOException;
    }

    private final StoreLimits limits;
    private final StoreRequests counts;

    S3Requests(StoreLimits limits, StoreRequests counts) {
        this.limits = limits;
        this.counts = counts;
    }

    StoreLimits limits() {
        return limits;
    }

    StoreRequests counts() {
        return counts;
    }

    /**
     * @param path of the object, for messages
     * @throws FileNotFoundException if nothing is stored there
     * @throws StoreException if it cannot be had, for now or at all
     */
    <T> T send(Operation operation, String path, Attempt<T> attempt) throws IOException {
        long began = System.nanoTime();
        for (int failures = 1; ; failures++) {
            IOException failure;
            try {
                T answer = attempt.send();
                counts.add(operation, Outcome.OK);
                return answer;
            } catch (SdkException e) {
                failure = S3Failures.of(e, path, limits);
            } catch (IOException e) {
                failure = e;
            }
            counts.add(operation, outcome(failure));
            if (!(failure instanceof StoreException store && store.mayPass()) || failures == limits.attempts()) {
                throw failure;
            }
            Duration pause =
                    limits.pauseAfter(failures, ThreadLocalRandom.current().nextDouble());
            if (System.nanoTime() - began + pause.toNanos() > limits.budget().toNanos()) {
                throw failure;
            }
            sleep(pause, failure);
        }
    }

    private static Outcome outcome(IOException failure) {
        if (failure instanceof StoreException store) {
            return store.outcome();
        }
        return failure instanceof FileNotFoundException ? Outcome.ABSENT : Outcome.REFUSED;
    }

    private static void sleep(Duration pause, IOException failure) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("Interrupted before the next try").initCause(failure);
        }
    }
}
