package io.tidemark.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small disk of its own, which a test fills. A test is skipped where none can be mounted. */
final class Tmpfs implements AutoCloseable {
    private static final int PIECE = 4 << 10;

    final Path root;
    private final Path filler;

    private Tmpfs(Path root) {
        this.root = root;
        this.filler = root.resolve("filler");
    }

    static Tmpfs mount(Path at, int megabytes) throws Exception {
        Files.createDirectories(at);
        String said = Command.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString());
        Assumptions.assumeTrue(said.isEmpty(), "a small disk cannot be mounted here: " + said);
        return new Tmpfs(at);
    }

    /** Takes all space but so many bytes. */
    void fill(long left) throws IOException {
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (root.toFile().getUsableSpace() > left) {
                out.write(piece);
            }
        } catch (IOException e) {
            if (left > 0) {
                throw e;
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    void readOnly() throws Exception {
        String said = Command.run("mount", "-o", "remount,ro", root.toString());
        Assumptions.assumeTrue(said.isEmpty(), "it cannot be made read-only here: " + said);
    }

    void writable() throws Exception {
        Command.run("mount", "-o", "remount,rw", root.toString());
    }

    /** Takes it from its place; who has files of it open keeps them. */
    void detach() throws Exception {
        Command.run("umount", "-l", root.toString());
    }

    @Override
    public void close() throws Exception {
        detach();
    }
}
