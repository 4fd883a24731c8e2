package io.tidemark.views.stream;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.query.ScanPeerException;
import io.tidemark.views.store.FileKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;

/**
 * Which instances have which files: as Kafka Streams has spread the tasks that count them. A file's owner has its counts in its
 * ledger, and has read it before.
 */
public final class FileOwners {
    /** By partition of the file changes; null: this instance, or one that cannot be asked. */
    private final String[] addresses;

    private FileOwners(String[] addresses) {
        this.addresses = addresses;
    }

    /** @param addresses of other instances by partition, null for this one; as many as there are partitions */
    public static FileOwners of(List<String> addresses) {
        return new FileOwners(addresses.toArray(new String[0]));
    }

    /**
     * @param streams null before the start
     * @param fileChanges topic of as many partitions
     * @param own address of this instance; empty: it asks nobody
     */
    static FileOwners of(KafkaStreams streams, String fileChanges, int partitions, Optional<String> own) {
        String[] addresses = new String[partitions];
        KafkaStreams.State state = streams == null ? KafkaStreams.State.CREATED : streams.state();
        if (own.isEmpty() || state == KafkaStreams.State.NOT_RUNNING || state == KafkaStreams.State.ERROR) {
            return new FileOwners(addresses);
        }
        if (state != KafkaStreams.State.RUNNING) {
            throw new ScanPeerException(
                    "The cluster moves work between its instances at the moment, and it is not known which of them has"
                            + " which files. Try again in a moment.");
        }
        for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
            String address = instance.host() + ":" + instance.port();
            for (TopicPartition partition : instance.topicPartitions()) {
                if (partition.topic().equals(fileChanges) && partition.partition() < partitions) {
                    addresses[partition.partition()] = address.equals(own.get()) ? null : address;
                }
            }
        }
        return new FileOwners(addresses);
    }

    /** Where the instance that has a file is reached, as {@code host:port}; empty: it is to be read here. */
    public Optional<String> of(FileId file) {
        return Optional.ofNullable(addresses[ByFile.partition(FileKey.of(file), addresses.length)]);
    }

    /** Other instances that have files. */
    public int others() {
        return (int)
                Arrays.stream(addresses).filter(Objects::nonNull).distinct().count();
    }
}
