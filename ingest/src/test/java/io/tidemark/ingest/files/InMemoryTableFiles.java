package io.tidemark.ingest.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A table in memory, for tests. It counts requests, remembers which paths were asked for, and fails when told to.
 *
 * <p>Objects are published whole, as in an object store, unless {@link #likeADisk()} was called.
 */
public final class InMemoryTableFiles implements TableFiles {
    private final ConcurrentNavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<String, IOException> failures = new ConcurrentHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final URI root;
    private volatile boolean publishedWhole = true;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public InMemoryTableFiles() {
        this(URI.create("memory:/table"));
    }

    public InMemoryTableFiles(URI root) {
        this.root = root;
    }

    /** From now on objects could still be being written when they are seen. */
    public InMemoryTableFiles likeADisk() {
        publishedWhole = false;
        return this;
    }

    /** The modification time of what is put from now on. */
    public void clock(Instant time) {
        now = time;
    }

    public InMemoryTableFiles put(String path, byte[] bytes) {
        objects.put(path, new StoredObject(bytes.clone(), new ObjectStat(bytes.length, now, publishedWhole)));
        watchers.forEach(Runnable::run);
        return this;
    }

    public InMemoryTableFiles put(String path, String text) {
        return put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public InMemoryTableFiles putCommit(long version, String... lines) {
        return put(commitPath(version), String.join("\n", lines) + "\n");
    }

    public static String commitPath(long version) {
        return String.format("_delta_log/%020d.json", version);
    }

    public void delete(String path) {
        objects.remove(path);
        watchers.forEach(Runnable::run);
    }

    /** Makes every request for a path fail, until {@code failure} is null. */
    public void failOn(String path, IOException failure) {
        if (failure == null) {
            failures.remove(path);
        } else {
            failures.put(path, failure);
        }
    }

    /** Number of requests so far: reads, opens, stats and listings. */
    public int requests() {
        return requests.get();
    }

    /** Every path that was asked for and not refused, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private Optional<StoredObject> ask(String path) throws IOException {
        FileReference.inside(path);
        requests.incrementAndGet();
        asked.add(path);
        IOException failure = failures.get(path);
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(objects.get(path));
    }

    @Override
    public URI root() {
        return root;
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) throws IOException {
        Optional<StoredObject> found = ask(path);
        if (found.isPresent() && found.get().bytes().length > maxBytes) {
            throw new IOException("'" + path + "' is larger than " + maxBytes + " bytes.");
        }
        return found;
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        byte[] bytes =
                ask(path).orElseThrow(() -> new FileNotFoundException(path)).bytes();
        return new RandomAccess() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) throws IOException {
                if (position + length > bytes.length) {
                    throw new EOFException(path);
                }
                System.arraycopy(bytes, (int) position, target, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<ObjectStat> stat(String path) throws IOException {
        return ask(path).map(StoredObject::stat);
    }

    @Override
    public List<String> list(String folder, String startAt) throws IOException {
        ask(folder);
        String prefix = folder.isEmpty() ? "" : folder + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String path : new TreeMap<>(objects.tailMap(prefix)).keySet()) {
            if (!path.startsWith(prefix)) {
                break;
            }
            String rest = path.substring(prefix.length());
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            if (name.compareTo(startAt) >= 0) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }

    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        watchers.add(onChange);
        return () -> watchers.remove(onChange);
    }

    @Override
    public void close() {
        watchers.clear();
    }
}
