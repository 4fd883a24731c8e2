package io.tidemark.ingest.source;

/**
 * One life of a topic.
 *
 * @param name as users say it
 * @param id that Kafka gave it: a topic that is deleted and made anew has another one, and its offsets begin again
 */
record TopicName(String name, String id) {
    /** What a table's log calls a partition of it. */
    String source(int partition) {
        return "kafka/" + name + "/" + id + "/" + partition;
    }
}
