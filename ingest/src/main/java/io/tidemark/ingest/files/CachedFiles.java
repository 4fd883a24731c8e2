package io.tidemark.ingest.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A table's files, of which those that never change are read through a {@link BlockCache}: everything that is opened outside the
 * log's folder with the size that the log gives it. What the log holds is always asked of the store.
 */
public final class CachedFiles implements TableFiles {
    private static final String LOG = "_delta_log/";

    private final TableFiles files;
    private final BlockCache cache;

    /** @param files of the table; not closed by this */
    public CachedFiles(TableFiles files, BlockCache cache) {
        this.files = files;
        this.cache = cache;
    }

    @Override
    public URI root() {
        return files.root();
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        return files.read(path, maxBytes);
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        RandomAccess file = files.open(path, size);
        return size <= 0 || path.startsWith(LOG) ? file : new CachedFile(file, path, size, name(path, size), cache);
    }

    /** Of this content: data files have names that are used once, and a size that the log knows. */
    private String name(String path, long size) {
        try {
            String text = files.root() + "\n" + path + "\n" + size;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
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
    public List<ListedObject> listObjects(String folder, String startAt) throws IOException {
        return files.listObjects(folder, startAt);
    }

    @Override
    public String relative(String reference) throws PathOutsideTableException {
        return files.relative(reference);
    }

    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        return files.watch(folder, onChange);
    }

    @Override
    public Optional<StoreRequests> storeRequests() {
        return files.storeRequests();
    }

    /** Closes nothing: the files under it are others' too. */
    @Override
    public void close() {}
}
