package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Many entries on their way past a database's log and buffers: cut into parts, each of them a file that a processor writes. */
final class SortedFiles implements AutoCloseable {
    private static final int MOST = 4;

    private final Path directory;
    private final List<SortedFile> files = new ArrayList<>();

    /** Puts one of all parts into its file. */
    @FunctionalInterface
    interface Entries {
        /** @param file takes the part's entries, at least one, in the order of their keys; they come after all of the part before */
        void put(int part, int parts, SortedFile file);
    }

    /**
     * @param directory for the files until the database has them
     * @param parts at most so many; there are no more than processors
     * @param options makes those of a file
     */
    SortedFiles(Path directory, int parts, Supplier<Options> options) {
        this.directory = directory;
        int most = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        try {
            for (int part = 0; part < Math.max(1, Math.min(parts, most)); part++) {
                files.add(new SortedFile(path(part), options.get()));
            }
        } catch (StateException e) {
            close();
            throw e;
        }
    }

    /** Returns when no thread writes any more, also if one failed. */
    void write(Entries entries) {
        CompletableFuture<?>[] parts = new CompletableFuture<?>[files.size()];
        for (int i = 0; i < parts.length; i++) {
            int part = i;
            parts[part] = CompletableFuture.runAsync(
                    () -> {
                        entries.put(part, parts.length, files.get(part));
                        files.get(part).finish();
                    },
                    run -> new Thread(run, "tidemark-sorted-file-" + part).start());
        }
        try {
            CompletableFuture.allOf(parts).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    /** Gives what was written to a database, all or none: it is moved, not copied. */
    void enter(RocksDB rocks, ColumnFamilyHandle family) {
        List<String> paths = IntStream.range(0, files.size())
                .mapToObj(part -> path(part).toString())
                .toList();
        try (IngestExternalFileOptions how = new IngestExternalFileOptions().setMoveFiles(true)) {
            rocks.ingestExternalFile(family, paths, how);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Writing the state");
        }
    }

    private Path path(int part) {
        return directory.resolve("entering-" + part + ".sst");
    }

    @Override
    public void close() {
        files.forEach(SortedFile::close);
        // All that there can be: a process that was killed may have left more than this one made.
        IntStream.range(0, MOST).mapToObj(this::path).forEach(SortedFiles::deleteIfThere);
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StateException("The file " + file + " cannot be deleted. Give a writable --state-dir.", e);
        }
    }
}
