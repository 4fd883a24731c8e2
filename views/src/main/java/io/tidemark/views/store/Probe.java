package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether a disk takes anything again, before a database on it, which can still be read, is closed to be opened anew. */
final class Probe {
    private static final int BYTES = 256 << 10;

    private Probe() {}

    /**
     * @param directory that need not be there
     * @throws StateException if nothing can be written to it; says why, and does not name it
     */
    static void write(Path directory) {
        Path file = directory.resolve("probe.tmp");
        try {
            try {
                Files.write(file, new byte[BYTES]);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // The directory is gone: another can be made.
        } catch (IOException e) {
            throw Remedy.of(e);
        }
    }
}
