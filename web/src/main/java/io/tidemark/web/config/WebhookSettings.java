package io.tidemark.web.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where alerts are posted, and how hard it is tried.
 *
 * @param address {@code http} or {@code https}
 * @param secret signs each body; empty: bodies are not signed
 * @param waiting messages that may wait; beyond, the oldest is dropped
 * @param attempts for one message
 * @param timeout of one attempt
 * @param pause before the second attempt; twice as long before each further one, and each drawn by lot from its second half
 * @param longestPause between two attempts
 */
public record WebhookSettings(
        URI address,
        Optional<String> secret,
        int waiting,
        int attempts,
        Duration timeout,
        Duration pause,
        Duration longestPause) {

    /** Tries for some five minutes. */
    public static WebhookSettings of(URI address, Optional<String> secret) {
        return new WebhookSettings(
                address, secret, 1000, 8, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMinutes(2));
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failures so far, at least one
     * @param lot from 0 to 1
     */
    public Duration pauseAfter(int failures, double lot) {
        double longest = Math.min(longestPause.toMillis(), pause.toMillis() * Math.pow(2, failures - 1));
        return Duration.ofMillis(Math.max(1, Math.round(longest / 2 + lot * longest / 2)));
    }

    /** Without what may be secret in the address. */
    @Override
    public String toString() {
        return "WebhookSettings[" + address.getScheme() + "://" + address.getHost() + "]";
    }
}
