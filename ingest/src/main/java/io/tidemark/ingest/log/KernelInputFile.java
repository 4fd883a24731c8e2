package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;

/** A file of the log as Delta Kernel reads it. */
final class KernelInputFile implements InputFile {

    /** Where the file is; asked only when it is opened, where a refusal can be reported. */
    interface Place {
        String relative() throws PathOutsideTableException;
    }

    private final TableFiles files;
    private final LogLimits limits;
    private final Place place;
    private final String kernelPath;
    private final long size;

    /** @param size in bytes, or not above 0 if Kernel does not know it */
    KernelInputFile(TableFiles files, LogLimits limits, Place place, String kernelPath, long size) {
        this.files = files;
        this.limits = limits;
        this.place = place;
        this.kernelPath = kernelPath;
        this.size = size;
    }

    @Override
    public long length() throws IOException {
        if (size > 0) {
            return size;
        }
        try (RandomAccess file = open()) {
            return file.size();
        }
    }

    @Override
    public String path() {
        return kernelPath;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        String path = place.relative();
        RandomAccess file = open();
        try {
            return path.endsWith(".parquet")
                    ? new CheckpointStream(path, file, limits.checkpoint())
                    : lines(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private SeekableInputStream lines(String path, RandomAccess file) throws IOException {
        if (file.size() > limits.maxCommitBytes()) {
            throw new RefusedFileException(
                    path,
                    "has " + file.size() + " bytes; at most " + limits.maxCommitBytes()
                            + " are read of a file of this kind",
                    null);
        }
        return new LineLimit(path, new KernelStream(file), limits.maxLineBytes());
    }

    private RandomAccess open() throws IOException {
        return files.open(place.relative(), size > 0 ? size : -1);
    }
}
