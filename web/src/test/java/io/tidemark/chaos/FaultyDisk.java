package io.tidemark.chaos;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of its own that the kernel makes read-only when it meets an error on it, whatever is open: ext4 in a file. A plain remount
 * is refused while a file is open for writing. A test is skipped where none can be mounted.
 */
final class FaultyDisk implements AutoCloseable {
    final Path root;
    private final Path image;
    private final Deque<String> devices = new ArrayDeque<>();

    private FaultyDisk(Path root, Path image) {
        this.root = root;
        this.image = image;
    }

    static FaultyDisk mount(Path at, int megabytes) throws Exception {
        Files.createDirectories(at);
        Path image = at.resolveSibling(at.getFileName() + ".ext4");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        // Without a journal, what was synced is in its place.
        require(Command.run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image.toString()));
        FaultyDisk disk = new FaultyDisk(at, image);
        try {
            disk.mount();
            Assumptions.assumeTrue(Files.isWritable(disk.trigger()), "this kernel cannot be told to meet an error");
            return disk;
        } catch (Exception | Error e) {
            disk.close();
            throw e;
        }
    }

    private void mount() throws Exception {
        String device = Command.output("losetup", "--find", "--show", image.toString());
        Assumptions.assumeFalse(device.isEmpty(), "no file can be made a disk here");
        devices.push(device);
        require(Command.run("mount", "-o", "errors=remount-ro", device, root.toString()));
    }

    private static void require(String said) {
        Assumptions.assumeTrue(said.isEmpty(), "a disk with faults cannot be mounted here: " + said);
    }

    private Path trigger() {
        return Path.of("/sys/fs/ext4", devices.peek().substring("/dev/".length()), "trigger_fs_error");
    }

    /** The kernel meets an error, when all was synced: nothing is written any more. */
    void fail() throws Exception {
        Command.run("sync", "-f", root.toString());
        Files.writeString(trigger(), "a test");
    }

    /** What an operator does: takes the disk from its place, whoever has files of it open, and puts it there again. */
    void mend() throws Exception {
        Command.run("umount", "-l", root.toString());
        mount();
    }

    @Override
    public void close() throws Exception {
        Command.run("umount", "-l", root.toString());
        for (String device : devices) {
            // Goes when the last file of it is closed.
            Command.run("losetup", "--detach", device);
        }
    }
}
