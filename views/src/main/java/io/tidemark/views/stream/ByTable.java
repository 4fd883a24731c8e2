package io.tidemark.views.stream;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** All records of a table go to one partition, in the topics whose keys say more than the table. */
final class ByTable implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        return Optional.of(Set.of(partition(CubeKey.decode(key).table(), partitions)));
    }

    /** As Kafka's own clients choose it for a key that is the table's name. */
    static int partition(TableRef table, int partitions) {
        return Utils.toPositive(Utils.murmur2(table.key())) % partitions;
    }
}
