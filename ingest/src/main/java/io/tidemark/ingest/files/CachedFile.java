package io.tidemark.ingest.files;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** A file that never changes, read in blocks: those that are kept from the cache, neighbours that are not in one read of the file. */
final class CachedFile implements RandomAccess {
    static final int BLOCK = 256 << 10;
    /** Most blocks in one read. */
    private static final int RUN = 16;

    private final RandomAccess file;
    private final String path;
    private final long size;
    private final String name;
    private final BlockCache cache;
    /** Of the object that all blocks must be of; null before the first one. */
    private String tag;

    CachedFile(RandomAccess file, String path, long size, String name, BlockCache cache) {
        this.file = file;
        this.path = path;
        this.size = size;
        this.name = name;
        this.cache = cache;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position + length > size) {
            throw new EOFException(FileReference.quoted(path) + " ends before byte " + (position + length) + ".");
        }
        long end = length == 0 ? 0 : position + length;
        for (long number = position / BLOCK; number * BLOCK < end; ) {
            Optional<BlockCache.Block> kept = kept(number);
            byte[] bytes = kept.isPresent() ? kept.get().bytes() : fetched(number, end);
            long start = number * BLOCK;
            long from = Math.max(position, start);
            int count = (int) (Math.min(end, start + bytes.length) - from);
            System.arraycopy(bytes, (int) (from - start), target, offset + (int) (from - position), count);
            number += (bytes.length + BLOCK - 1) / BLOCK;
        }
    }

    private Optional<BlockCache.Block> kept(long number) {
        Optional<BlockCache.Block> block = cache.get(name, number);
        if (block.isEmpty()) {
            return block;
        }
        boolean fits = block.get().bytes().length == lengthOf(number, 1)
                && (tag == null || tag.equals(block.get().tag()));
        if (!fits) {
            cache.remove(name, number);
            return Optional.empty();
        }
        tag = block.get().tag();
        return block;
    }

    private int lengthOf(long number, int blocks) {
        return (int) Math.min((long) blocks * BLOCK, size - number * BLOCK);
    }

    /** Reads blocks that are not kept, from this one on up to the next that is, and keeps them. */
    private byte[] fetched(long number, long end) throws IOException {
        int blocks = 1;
        while (blocks < RUN && (number + blocks) * BLOCK < end && !cache.holds(name, number + blocks)) {
            blocks++;
        }
        byte[] bytes = new byte[lengthOf(number, blocks)];
        file.read(number * BLOCK, bytes, 0, bytes.length);
        String found = file.tag().orElse("");
        if (tag != null && !tag.equals(found)) {
            // Blocks of the one before may have been handed out; the next reader finds none of them.
            forget();
            throw new IOException(FileReference.quoted(path) + " was replaced by another object while it was read.");
        }
        tag = found;
        for (int i = 0; i < blocks; i++) {
            byte[] block = Arrays.copyOfRange(bytes, i * BLOCK, Math.min((i + 1) * BLOCK, bytes.length));
            cache.put(name, number + i, new BlockCache.Block(found, block));
        }
        return bytes;
    }

    private void forget() {
        for (long number = 0; number * BLOCK < size; number++) {
            cache.remove(name, number);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
