package io.tidemark.web.export;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rows on their way from the threads that read files to the one that sends them: chunks by file, given out in the files' order.
 *
 * <p>The file whose turn it is may have half of the bytes waiting here, those after it the other half together; who brings more
 * waits. So the first one always goes on, and with it all. For any number of threads that bring, and one that takes.
 */
final class ChunkQueue {

    /** Files that are begun or wait to be sent; those without rows cost nothing else. */
    private static final int MAX_FILES = 256;

    /** The rows of one file. Guarded by the queue. */
    static final class Slot {
        private final Deque<byte[]> chunks = new ArrayDeque<>();
        private final long fileBytes;
        private long bytes;
        private boolean ended;

        private Slot(long fileBytes) {
            this.fileBytes = fileBytes;
        }
    }

    private final Deque<Slot> slots = new ArrayDeque<>();
    private final long half;
    private final long mostFileBytes;
    private long bytes;
    private long fileBytes; // of files that are being read
    private boolean closed;
    private RuntimeException stopped;

    /**
     * @param mostBytes that wait here, but for one chunk a file
     * @param mostFileBytes no file is begun beside others beyond this sum of the sizes of all that are being read
     */
    ChunkQueue(long mostBytes, long mostFileBytes) {
        this.half = mostBytes / 2;
        this.mostFileBytes = mostFileBytes;
    }

    /** Begins the next file, when there is room for it; files are begun by one thread at a time. */
    synchronized Slot begin(long size) {
        while (stopped == null && (slots.size() >= MAX_FILES || (fileBytes > 0 && fileBytes + size > mostFileBytes))) {
            await();
        }
        check();
        Slot slot = new Slot(size);
        fileBytes += size;
        slots.add(slot);
        return slot;
    }

    synchronized void put(Slot slot, byte[] chunk) {
        while (stopped == null && !hasRoom(slot)) {
            await();
        }
        check();
        slot.chunks.add(chunk);
        slot.bytes += chunk.length;
        bytes += chunk.length;
        notifyAll();
    }

    private boolean hasRoom(Slot slot) {
        Slot first = slots.element();
        return slot == first ? slot.bytes < half : bytes - first.bytes < half;
    }

    /** Says that a file is read to its end. */
    synchronized void end(Slot slot) {
        slot.ended = true;
        fileBytes -= slot.fileBytes;
        notifyAll();
    }

    /** Says that no more files will be begun. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Makes everyone who waits here, and whoever comes, throw; only the first reason counts. */
    synchronized void stop(RuntimeException why) {
        if (stopped == null) {
            stopped = why;
            notifyAll();
        }
    }

    /**
     * The next chunk of all, when it is there; null at the end.
     *
     * @throws RuntimeException why it was stopped
     */
    synchronized byte[] take() {
        while (true) {
            check();
            Slot first = slots.peek();
            if (first == null && closed) {
                return null;
            }
            if (first != null && !first.chunks.isEmpty()) {
                byte[] chunk = first.chunks.remove();
                first.bytes -= chunk.length;
                bytes -= chunk.length;
                notifyAll();
                return chunk;
            }
            if (first != null && first.ended) {
                slots.remove();
                notifyAll();
            } else {
                await();
            }
        }
    }

    /** True if the next {@link #take} would wait. */
    synchronized boolean isIdle() {
        return slots.isEmpty() || slots.element().chunks.isEmpty();
    }

    /** Bytes that wait here. */
    synchronized long bytes() {
        return bytes;
    }

    private void check() {
        if (stopped != null) {
            throw stopped;
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(new ExportStoppedException(ExportStoppedException.Cause.SHUTDOWN));
        }
    }
}
