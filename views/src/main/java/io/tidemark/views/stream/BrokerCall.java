package io.tidemark.views.stream;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** A request to the brokers that is waited for. */
@FunctionalInterface
interface BrokerCall<T> {
    T run() throws ExecutionException, InterruptedException;

    /**
     * Waits for the answer.
     *
     * @throws KafkaException what the brokers or the client said
     */
    static <T> T join(BrokerCall<T> call) {
        try {
            return call.run();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Waits before the next look at what takes the brokers a while. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
