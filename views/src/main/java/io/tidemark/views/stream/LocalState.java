package io.tidemark.views.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance keeps on its disk is of one life of the cluster: after a reset it is of no use, and Kafka Streams would take it
 * for the new one's.
 */
final class LocalState {
    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);

    private LocalState() {}

    /**
     * Throws away what is of another life.
     *
     * @param directory of the instance
     * @param life what tells this life of the cluster from others: the id of its registry's topic
     */
    static void startIn(Path directory, String life) {
        Path mark = directory.resolve("cluster-id");
        try {
            Files.createDirectories(directory);
            if (Files.exists(mark) && !Files.readString(mark).equals(life)) {
                LOG.warn("The cluster was reset: what this instance kept of it is deleted");
                delete(directory.resolve("streams"));
                delete(directory.resolve("replica"));
            }
            Files.writeString(mark, life);
        } catch (IOException | UncheckedIOException e) {
            throw new ClusterException(
                    "The state directory " + directory + " cannot be used ("
                            + e.getClass().getSimpleName() + "). Give a writable --state-dir.",
                    e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
