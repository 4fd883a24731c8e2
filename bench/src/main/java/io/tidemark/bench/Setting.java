package io.tidemark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a run is given.
 *
 * @param folder for data, which is kept for the next run, and for states, which are not
 * @param size how much data
 * @param rounds how often each contender has its turn after the warm-up
 */
public record Setting(Path folder, Size size, int rounds) {

    /** How much data. A year of the full size has as many cells as PERFORMANCE.md's; smaller ones have less of a year. */
    public enum Size {
        QUICK(1_000_000),
        DEFAULT(4_000_000),
        FULL(20_000_000);

        private final long rows;

        Size(long rows) {
            this.rows = rows;
        }
    }

    /** Makes a data set in an empty folder. */
    @FunctionalInterface
    public interface Maker {
        void make(Path folder) throws Exception;
    }

    public long rows() {
        return size.rows;
    }

    /** One of three numbers, by size. */
    public int pick(int quick, int normal, int full) {
        return switch (size) {
            case QUICK -> quick;
            case DEFAULT -> normal;
            case FULL -> full;
        };
    }

    /** The folder of a data set, which is made unless an earlier run has made it. */
    public Path data(String name, Maker maker) throws Exception {
        Path made = folder.resolve("data").resolve(name);
        if (!Files.exists(made)) {
            Path draft = made.resolveSibling(name + ".draft");
            delete(draft);
            Files.createDirectories(draft);
            maker.make(draft);
            Files.move(draft, made);
        }
        return made;
    }

    /** An empty folder, for a state or an output. */
    public Path empty(String name) {
        try {
            Path path = folder.resolve("work").resolve(name);
            delete(path);
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
