package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.ingest.files.ListedObject;
import io.tidemark.ingest.files.ObjectStat;
import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.TableFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delta Kernel's way to the table's files: the same door as everyone's, so that a checkpoint's sidecar cannot lie outside
 * the root either. Reads only.
 */
final class KernelFiles implements FileIO {
    private static final String PARQUET_BATCH = "delta.kernel.default.parquet.reader.batch-size";
    private static final String JSON_BATCH = "delta.kernel.default.json.reader.batch-size";

    private final TableFiles files;
    private final LogLimits limits;
    private final String root;
    private final Set<Long> hiddenCheckpoints = ConcurrentHashMap.newKeySet();

    KernelFiles(TableFiles files, LogLimits limits) {
        this.files = files;
        this.limits = limits;
        // In Kernel's spelling, without escapes: paths come back so.
        this.root = new Path(files.root()).toString();
    }

    /** The table's path as Kernel is to be given it. */
    String root() {
        return root;
    }

    /** Leaves a checkpoint out of listings, so that Kernel goes without it. */
    void hideCheckpoint(long version) {
        hiddenCheckpoints.add(version);
    }

    boolean isHidden(long checkpointVersion) {
        return hiddenCheckpoints.contains(checkpointVersion);
    }

    void hideNoCheckpoint() {
        hiddenCheckpoints.clear();
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        String path = relative(filePath);
        int slash = path.lastIndexOf('/');
        String folder = path.substring(0, Math.max(slash, 0));
        List<ListedObject> found = new ArrayList<>(files.listObjects(folder, path.substring(slash + 1)));
        if (found.isEmpty()) {
            throw new FileNotFoundException(folder);
        }
        found.removeIf(
                object -> isHidden(LogPaths.checkpointVersion(object.name()).orElse(-1)));
        found.sort(Comparator.comparing(ListedObject::name));
        Iterator<ListedObject> objects = found.iterator();
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return objects.hasNext();
            }

            @Override
            public FileStatus next() {
                ListedObject object = objects.next();
                return status(folder + "/" + object.name(), object.stat());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        String relative = relative(path);
        return status(relative, files.stat(relative).orElseThrow(() -> new FileNotFoundException(relative)));
    }

    private FileStatus status(String path, ObjectStat stat) {
        return FileStatus.of(root + "/" + path, stat.size(), stat.modified().toEpochMilli());
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return new KernelInputFile(files, limits, () -> relative(path), path, fileSize);
    }

    /** From Kernel's spelling, which has no escapes any more. */
    private String relative(String path) throws PathOutsideTableException {
        if (path.startsWith(root + "/")) {
            return path.substring(root.length() + 1);
        }
        throw new PathOutsideTableException(
                "The log or a checkpoint names a file outside the table's root; only files under it are read.");
    }

    @Override
    public Optional<String> getConf(String key) {
        return key.equals(PARQUET_BATCH) || key.equals(JSON_BATCH)
                ? Optional.of(Integer.toString(LogLimits.BATCH_ROWS))
                : Optional.empty();
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        throw readOnly();
    }

    @Override
    public OutputFile newOutputFile(String path) {
        throw new UnsupportedOperationException("This reader writes nothing.");
    }

    @Override
    public boolean delete(String path) throws IOException {
        throw readOnly();
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
        throw readOnly();
    }

    private static IOException readOnly() {
        return new IOException("This reader writes nothing.");
    }
}
