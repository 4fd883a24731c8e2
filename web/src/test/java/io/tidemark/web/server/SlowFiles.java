package io.tidemark.web.server;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.ObjectStat;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that takes its time over each data file, once it is told to. */
final class SlowFiles implements TableFiles {
    private final TableFiles files;
    private volatile long millis;
    private final AtomicInteger opened = new AtomicInteger();

    SlowFiles(Path root) {
        files = new LocalTableFiles(root);
    }

    void delay(long millisOfEach) {
        millis = millisOfEach;
        opened.set(0);
    }

    /** Data files that were opened since. */
    int opened() {
        return opened.get();
    }

    private void take(String path) throws IOException {
        if (path.endsWith(".parquet") && millis > 0) {
            opened.incrementAndGet();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    @Override
    public URI root() {
        return files.root();
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        take(path);
        return files.read(path, maxBytes);
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        take(path);
        return files.open(path, size);
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        return files.stat(path);
    }

    @Override
    public List<String> list(String folder, String startAt) throws IOException {
        return files.list(folder, startAt);
    }

    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        return files.watch(folder, onChange);
    }

    @Override
    public void close() {
        files.close();
    }
}
