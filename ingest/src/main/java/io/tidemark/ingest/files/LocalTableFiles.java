package io.tidemark.ingest.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A table on a local disk.
 *
 * <p>The root itself may be a symbolic link; below it, links are followed only to places that are under the root too.
 */
public final class LocalTableFiles implements TableFiles {
    private final Path root;
    private final URI uri;
    private final List<FolderWatch> watches = new CopyOnWriteArrayList<>();

    /** @param root need not exist yet */
    public LocalTableFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.uri = uriOf(this.root);
    }

    /** Not Path.toUri(): that asks the disk, and adds a slash only to folders that exist already. */
    private static URI uriOf(Path folder) {
        try {
            return new URI("file", "", folder.toString().replace('\\', '/'), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not a usable table path: " + folder, e);
        }
    }

    @Override
    public URI root() {
        return uri;
    }

    /** Where the root is a link, writers may have named files by where it leads. */
    @Override
    public String relative(String reference) throws PathOutsideTableException {
        try {
            return FileReference.relative(uri, reference);
        } catch (PathOutsideTableException e) {
            try {
                return FileReference.relative(uriOf(root.toRealPath()), reference);
            } catch (IOException stillOutside) {
                throw e;
            }
        }
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        try {
            Path file = resolve(path);
            LocalStat before = LocalStat.of(file);
            if (!before.regular()) {
                return Optional.empty();
            }
            try (FileChannel channel = openChannel(file)) {
                byte[] bytes = readWhole(channel, path, maxBytes);
                LocalStat after = LocalStat.of(file);
                boolean quiet = after.equals(before) && bytes.length == after.size();
                return Optional.of(new StoredObject(
                        bytes, new ObjectStat(bytes.length, after.modified(), quiet && after.movedAfterLastWrite())));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw plain(path, e);
        }
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        try {
            Path file = inFolder(path);
            BasicFileAttributes found = attributes(file);
            if (found.isSymbolicLink()) {
                file = resolve(path);
                found = attributes(file);
            }
            // Also keeps a pipe from being opened, which would wait for a writer for ever.
            if (!found.isRegularFile()) {
                throw new FileNotFoundException(path);
            }
            return new LocalFile(path, openChannel(file));
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException(path).initCause(e);
        } catch (FileSystemException e) {
            throw plain(path, e);
        }
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        try {
            LocalStat stat = LocalStat.of(resolve(path));
            return stat.regular() ? Optional.of(stat.toObjectStat()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw plain(path, e);
        }
    }

    @Override
    public List<String> list(String folder, String startAt) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.compareTo(startAt) >= 0) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw new IOException("Cannot list " + FileReference.quoted(folder) + ".", e.getCause());
        } catch (FileSystemException e) {
            throw plain(folder, e);
        }
        return names;
    }

    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        FolderWatch watch = new FolderWatch(root.resolve(folder), onChange);
        watches.add(watch);
        return () -> {
            watch.close();
            watches.remove(watch);
        };
    }

    @Override
    public void close() {
        watches.forEach(FolderWatch::close);
        watches.clear();
    }

    /**
     * The real place of a path.
     *
     * @throws PathOutsideTableException if it, or what it links to, is not under the root
     * @throws NoSuchFileException if a folder on the way does not exist
     */
    private Path resolve(String path) throws IOException {
        Path file = inFolder(path);
        if (!file.equals(root) && Files.isSymbolicLink(file)) {
            file = file.toRealPath();
            confined(file, path);
        }
        return file;
    }

    /** As {@link #resolve}, but that the path's last name is a link maybe. */
    private Path inFolder(String path) throws IOException {
        Path file = below(FileReference.inside(path));
        Path folder = file.getParent();
        // A file directly in the root has no link on its way but itself.
        if (!file.equals(root) && !root.equals(folder)) {
            confined(folder.toRealPath(), path);
        }
        return file;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Path below(String path) throws IOException {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "This machine's locale has no way to write " + FileReference.quoted(path)
                            + " as a file name; run with a UTF-8 locale, for example LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private void confined(Path real, String path) throws IOException {
        if (!real.startsWith(root.toRealPath())) {
            throw new PathOutsideTableException("Path " + FileReference.quoted(path)
                    + " is a link that leads out of the table's root; only files under it are read.");
        }
    }

    /** Never through a link: {@link #resolve} has followed those that are allowed. */
    private static FileChannel openChannel(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static byte[] readWhole(FileChannel channel, String path, long maxBytes) throws IOException {
        long size = channel.size();
        if (size > maxBytes) {
            throw new IOException(FileReference.quoted(path) + " has " + size + " bytes; at most " + maxBytes
                    + " are read of a file of this kind.");
        }
        ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(size));
        while (target.hasRemaining() && channel.read(target) >= 0) {
            // Goes on until the array is full or the file, shorter by now, has ended.
        }
        return target.hasRemaining() ? Arrays.copyOf(target.array(), target.position()) : target.array();
    }

    /** Java's message holds the absolute path, which is nobody's business. */
    private static IOException plain(String path, FileSystemException e) {
        String reason = e instanceof AccessDeniedException
                ? "access denied"
                : Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
        return new IOException("Cannot read " + FileReference.quoted(path) + ": " + reason + ".", e);
    }
}
