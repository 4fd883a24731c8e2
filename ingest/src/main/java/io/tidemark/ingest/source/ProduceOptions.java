package io.tidemark.ingest.source;

/**
 * What {@code produce} is asked to do.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} with commas between
 * @param partitions of the topic, if it is made
 * @param rate events a second
 * @param events ends after so many; 0: never
 * @param seed decides the sessions
 */
public record ProduceOptions(
        String bootstrapServers, String topic, int partitions, double rate, long events, long seed) {
    public ProduceOptions {
        if (!(rate > 0) || rate > 1_000_000) {
            throw new IllegalArgumentException("--rate: " + rate + " is not above 0 and at most 1000000.");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("--partitions: " + partitions + " is less than 1.");
        }
        if (events < 0) {
            throw new IllegalArgumentException("--events: " + events + " is less than 0.");
        }
    }
}
