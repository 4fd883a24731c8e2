package io.tidemark.ingest.source;

import org.apache.hadoop.conf.Configuration;

/**
 * What {@code write} is asked to do.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} with commas between
 * @param table URI of the table
 * @param configuration the table's file system
 */
public record WriteOptions(
        String bootstrapServers, String topic, String table, Configuration configuration, BatchRule rule) {}
