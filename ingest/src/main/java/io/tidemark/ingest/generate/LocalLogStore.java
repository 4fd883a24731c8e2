package io.tidemark.ingest.generate;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LineCloseableIterator;
import io.delta.storage.LogStore;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * How Delta Standalone reads and writes a log on a local disk.
 *
 * <p>Two reasons not to use the one it brings: that one looks at every file of the log for each listing, twice a commit, which
 * alone took half of a commit's time; and it looks whether a commit exists before it renames its own into place, so that two
 * processes may both believe that a version is theirs. Here a version is taken by a hard link, which is made or fails.
 */
public final class LocalLogStore extends LogStore {
    private static final Object WITHOUT_LINKS = new Object();

    /** Called by Delta Standalone by name. */
    public LocalLogStore(Configuration conf) {
        super(conf);
    }

    /** The same configuration, with this as the store of local logs unless another was chosen. */
    static Configuration chosenIn(Configuration conf) {
        Configuration chosen = new Configuration(conf);
        if (conf.getValByRegex("(spark\\.)?delta\\.logStore\\..*").isEmpty()) {
            chosen.set("delta.logStore.file.impl", LocalLogStore.class.getName());
        }
        return chosen;
    }

    @Override
    public CloseableIterator<String> read(org.apache.hadoop.fs.Path path, Configuration conf) throws IOException {
        try {
            return new LineCloseableIterator(Files.newBufferedReader(local(path)));
        } catch (NoSuchFileException e) {
            throw notFound(path);
        }
    }

    @Override
    public void write(org.apache.hadoop.fs.Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
            throws IOException {
        Path target = local(path);
        Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                while (actions.hasNext()) {
                    writer.write(actions.next());
                    writer.write('\n');
                }
            }
            // A checksum that Hadoop keeps beside an earlier file of this name would belie the new one.
            Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
            if (overwrite) {
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                publish(draft, target);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** @throws FileAlreadyExistsException if the version is taken: Standalone then tries the next one */
    private static void publish(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links on this disk: then only this process is kept from taking a version twice.
            synchronized (WITHOUT_LINKS) {
                if (Files.exists(target)) {
                    throw new FileAlreadyExistsException(target.toString());
                }
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @Override
    public Iterator<FileStatus> listFrom(org.apache.hadoop.fs.Path path, Configuration conf) throws IOException {
        org.apache.hadoop.fs.Path folder = path.getParent();
        List<Path> wanted;
        try (Stream<Path> files = Files.list(local(folder))) {
            wanted = files.filter(file -> file.getFileName().toString().compareTo(path.getName()) >= 0)
                    .sorted()
                    .collect(Collectors.toList());
        } catch (NoSuchFileException e) {
            throw notFound(path);
        }
        List<FileStatus> found = new ArrayList<>(wanted.size());
        for (Path file : wanted) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                found.add(new FileStatus(
                        attributes.size(),
                        attributes.isDirectory(),
                        1,
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis(),
                        new org.apache.hadoop.fs.Path(folder, file.getFileName().toString())));
            } catch (NoSuchFileException e) {
                // Deleted since it was listed.
            }
        }
        return found.iterator();
    }

    @Override
    public org.apache.hadoop.fs.Path resolvePathOnPhysicalStorage(org.apache.hadoop.fs.Path path, Configuration conf)
            throws IOException {
        return path.getFileSystem(conf).makeQualified(path);
    }

    /** True makes Standalone write a checkpoint beside its place and rename it. */
    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration conf) {
        return true;
    }

    private static Path local(org.apache.hadoop.fs.Path path) {
        return Path.of(path.toUri().getPath());
    }

    private static FileNotFoundException notFound(org.apache.hadoop.fs.Path path) {
        return new FileNotFoundException("No such file or directory: " + path);
    }
}
