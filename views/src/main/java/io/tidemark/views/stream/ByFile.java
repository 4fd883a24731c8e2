package io.tidemark.views.stream;

import io.tidemark.views.store.FileKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** What is about a file goes where all about it goes, in order; what is about the table goes to everyone. */
final class ByFile implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        if (key == null) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
        }
        return Optional.of(Set.of(partition(FileKey.of(key), partitions)));
    }

    static int partition(FileKey file, int partitions) {
        return (int) Math.floorMod(file.high(), (long) partitions);
    }
}
