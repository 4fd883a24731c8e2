package io.tidemark.web.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of Kafka to which an object store writes what happens in its buckets.
 *
 * @param servers where Kafka is, as {@code host:port,host:port}
 */
public record NotifyTopic(String servers, String topic) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9._\\[\\]:-]+:\\d{1,5}(?:,[A-Za-z0-9._\\[\\]:-]+:\\d{1,5})*)/([A-Za-z0-9._-]{1,249})");

    public static NotifyTopic parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ConfigException("--notify-topic: '" + text
                    + "' is no topic with its Kafka in front. Example: kafka:9092/bucket-events");
        }
        return new NotifyTopic(matcher.group(1), matcher.group(2));
    }
}
