package io.tidemark.ingest.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table on any file system that Hadoop knows: S3, HDFS, Azure, Google. */
public final class HadoopTableFiles implements TableFiles {
    private static final Logger log = LoggerFactory.getLogger(HadoopTableFiles.class);

    /** Stores that show an object only when all of it has been written. */
    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs");

    private final URI uri;
    private final Path root;
    private final FileSystem fs;
    private final boolean objectStore;

    /**
     * @param root absolute, without credentials
     * @throws IOException if there is no such file system, or it cannot be reached
     */
    public HadoopTableFiles(URI root, Configuration configuration) throws IOException {
        this.uri = root;
        this.root = new Path(root);
        // An instance of our own: closing the shared one would close it for everybody.
        this.fs = FileSystem.newInstance(this.root.toUri(), configuration);
        this.objectStore = OBJECT_STORES.contains(root.getScheme().toLowerCase(Locale.ROOT));
    }

    @Override
    public URI root() {
        return uri;
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        Path file = resolve(path);
        try (FSDataInputStream in = openStream(file, -1, "whole-file")) {
            int limit = Math.toIntExact(Math.min(maxBytes, Integer.MAX_VALUE - 16));
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new IOException(FileReference.quoted(path) + " has more than " + maxBytes
                        + " bytes; that is the most that is read of a file of this kind.");
            }
            return Optional.of(new StoredObject(bytes, stat(fs.getFileStatus(file))));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        return new HadoopFile(
                path,
                openStream(resolve(path), size, "random"),
                size,
                () -> stat(path)
                        .orElseThrow(() -> new FileNotFoundException(path))
                        .size());
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        try {
            FileStatus found = fs.getFileStatus(resolve(path));
            return found.isFile() ? Optional.of(stat(found)) : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String folder, String startAt) throws IOException {
        List<String> names = new ArrayList<>();
        statuses(folder, startAt).forEach(found -> names.add(found.getPath().getName()));
        return names;
    }

    @Override
    public List<ListedObject> listObjects(String folder, String startAt) throws IOException {
        List<ListedObject> objects = new ArrayList<>();
        for (FileStatus found : statuses(folder, startAt)) {
            if (found.isFile()) {
                objects.add(new ListedObject(found.getPath().getName(), stat(found)));
            }
        }
        return objects;
    }

    private List<FileStatus> statuses(String folder, String startAt) throws IOException {
        List<FileStatus> kept = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> found = fs.listStatusIterator(resolve(folder));
            while (found.hasNext()) {
                FileStatus status = found.next();
                if (status.getPath().getName().compareTo(startAt) >= 0) {
                    kept.add(status);
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return kept;
    }

    /** Object stores have nothing to watch. */
    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        return () -> {};
    }

    @Override
    public void close() {
        try {
            fs.close();
        } catch (IOException e) {
            log.debug("Closing {}", uri, e);
        }
    }

    /** Made of parts: Hadoop would take a colon in a name for the end of a scheme. */
    private Path resolve(String path) throws IOException {
        String inside = FileReference.inside(path);
        URI base = root.toUri();
        return inside.isEmpty() ? root : new Path(base.getScheme(), base.getAuthority(), base.getPath() + "/" + inside);
    }

    private FSDataInputStream openStream(Path file, long size, String readPolicy) throws IOException {
        FutureDataInputStreamBuilder builder = fs.openFile(file).opt("fs.option.openfile.read.policy", readPolicy);
        if (size >= 0) {
            // Spares the store the question how long the file is.
            builder = builder.opt("fs.option.openfile.length", Long.toString(size));
        }
        try {
            return builder.build().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while opening " + file.getName()).initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IOException("Cannot open " + FileReference.quoted(file.getName()) + ".", e.getCause());
        }
    }

    private ObjectStat stat(FileStatus found) {
        return new ObjectStat(found.getLen(), Instant.ofEpochMilli(found.getModificationTime()), objectStore);
    }
}
