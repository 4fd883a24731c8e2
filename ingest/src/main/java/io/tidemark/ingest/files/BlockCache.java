package io.tidemark.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks of files that never change, kept on a local disk up to a number of bytes; those that were not used for longest go first.
 * What was kept is there again after a restart.
 *
 * <p>A block is a file of its own: the store's tag of the object that it is of, its length and checksum, its bytes. One that is not as
 * it was written is not there. A disk that is full or broken makes this cache smaller or useless, and nothing else. Safe for use by many
 * threads.
 */
public final class BlockCache {
    private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}-\\d+");
    private static final String DRAFT = ".draft";

    private final Path dir;
    private final long most;
    private final Map<String, Long> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final CacheTrouble trouble;
    private long bytes;

    /** A block as it was kept. */
    record Block(String tag, byte[] bytes) {}

    /**
     * @param dir made if it is not there; what is in it of another kind stays
     * @param most bytes of all blocks together
     * @throws IOException if it cannot be made or read
     */
    public BlockCache(Path dir, long most) throws IOException {
        this(dir, most, System::nanoTime);
    }

    BlockCache(Path dir, long most, LongSupplier nanoTime) throws IOException {
        this.dir = dir;
        this.most = most;
        this.trouble = new CacheTrouble(nanoTime);
        Files.createDirectories(dir);
        for (Path file : oldestFirst()) {
            long size = Files.size(file);
            blocks.put(file.getFileName().toString(), size);
            bytes += size;
        }
        evict(most);
    }

    private List<Path> oldestFirst() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    found.add(file);
                } else if (name.endsWith(DRAFT)) {
                    delete(name);
                }
            }
        }
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : found) {
            times.put(file, Files.getLastModifiedTime(file));
        }
        found.sort(Comparator.comparing(times::get));
        return found;
    }

    /** @param file a name for the file's content: 32 digits of hex */
    Optional<Block> get(String file, long number) {
        String name = name(file, number);
        synchronized (this) {
            if (blocks.get(name) == null) {
                return Optional.empty();
            }
        }
        try {
            Optional<Block> block = BlockFile.decoded(Files.readAllBytes(dir.resolve(name)));
            if (block.isPresent()) {
                hits.increment();
                return block;
            }
            LOG.warn("A block of the cache is damaged; it is fetched again");
        } catch (NoSuchFileException e) {
            LOG.debug("{} went while it was looked for", name);
        } catch (IOException e) {
            trouble.failed("read", e);
        }
        remove(file, number);
        return Optional.empty();
    }

    /** True if there is such a block, or seems to be. */
    synchronized boolean holds(String file, long number) {
        return blocks.containsKey(name(file, number));
    }

    void put(String file, long number, Block block) {
        misses.increment();
        String name = name(file, number);
        byte[] content = BlockFile.encoded(block);
        if (content.length > most || !trouble.mayTry() || !written(name, content)) {
            return;
        }
        synchronized (this) {
            Long before = blocks.put(name, (long) content.length);
            bytes += content.length - (before == null ? 0 : before);
            evict(most);
        }
    }

    /** @return false if the disk does not take it */
    private boolean written(String name, byte[] content) {
        try {
            try {
                write(name, content);
            } catch (IOException e) {
                // Others' files may fill a disk, too: then the cache shrinks, and is of use with what it still has.
                if (!CacheTrouble.isNoSpace(e) || !makeRoom(content.length)) {
                    throw e;
                }
                write(name, content);
            }
            trouble.succeeded();
            return true;
        } catch (IOException e) {
            trouble.failed("written", e);
            return false;
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Path draft = dir.resolve(name + "." + UUID.randomUUID() + DRAFT);
        try {
            Files.write(draft, content);
            Files.move(draft, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(draft, e);
            throw e;
        }
    }

    private static void discard(Path draft, IOException why) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // It goes with the next start.
            why.addSuppressed(e);
        }
    }

    /** @return false if there is nothing to give up */
    private synchronized boolean makeRoom(long wanted) {
        long before = bytes;
        evict(Math.max(0, before - 2 * wanted));
        return bytes < before;
    }

    synchronized void remove(String file, long number) {
        Long size = blocks.remove(name(file, number));
        if (size != null) {
            bytes -= size;
            delete(name(file, number));
        }
    }

    private synchronized void evict(long allowed) {
        Iterator<Map.Entry<String, Long>> eldest = blocks.entrySet().iterator();
        while (bytes > allowed && eldest.hasNext()) {
            Map.Entry<String, Long> gone = eldest.next();
            bytes -= gone.getValue();
            delete(gone.getKey());
            eldest.remove();
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(dir.resolve(name));
        } catch (IOException e) {
            trouble.failed("written", e);
        }
    }

    private static String name(String file, long number) {
        return file + "-" + number;
    }

    /** Of all blocks together. */
    public synchronized long bytes() {
        return bytes;
    }

    /** That all blocks together may take. */
    public long limit() {
        return most;
    }

    /** Blocks that were found. */
    public long hits() {
        return hits.sum();
    }

    /** Blocks that were not. */
    public long misses() {
        return misses.sum();
    }

    /** Times that the disk failed to read, write or delete a block. */
    public long failures() {
        return trouble.failures();
    }
}
