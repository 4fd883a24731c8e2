package io.tidemark.ingest.files;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryPolicy;

/**
 * Hadoop's way to make a client, but one that sends each request once: what is sent again, and when, is {@link S3Requests}' to
 * say. Hadoop's own retries slow all requests of a client down after a refusal, and its shortest time-out is 15 s.
 */
public final class SingleTryClients extends DefaultS3ClientFactory {
    /** Milliseconds that the beginning of an answer may take. */
    static final String ANSWER_MILLIS = "tidemark.store.answer.millis";

    @Override
    protected ClientOverrideConfiguration.Builder createClientOverrideConfiguration(
            S3ClientCreationParameters parameters, Configuration conf) throws IOException {
        long millis = conf.getLong(ANSWER_MILLIS, TimeUnit.SECONDS.toMillis(10));
        return super.createClientOverrideConfiguration(parameters, conf)
                .retryPolicy(RetryPolicy.none())
                .apiCallAttemptTimeout(java.time.Duration.ofMillis(millis));
    }
}
