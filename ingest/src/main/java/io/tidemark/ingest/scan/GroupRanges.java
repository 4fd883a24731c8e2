package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.RandomAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The parts of a row group that are fetched at once, one after another in one array: each holds one or several column chunks, with
 * what lies between them.
 */
final class GroupRanges {
    /** A request more costs more than these bytes, wherever the store is. */
    private static final long GAP = 256 << 10;

    private final List<Range> ranges;
    private final int length;

    private record Range(long start, long end, int offset) {}

    private GroupRanges(List<Range> ranges, int length) {
        this.ranges = ranges;
        this.length = length;
    }

    /**
     * @param chunks that are needed; at least one
     * @param window largest part
     * @param remote true if several parts may be fetched at the same time
     * @return null if that is too much to be held at once, or too much of it would not be needed
     */
    static GroupRanges of(List<Chunk> chunks, int window, boolean remote) {
        GroupRanges one = merged(chunks, Long.MAX_VALUE / 2);
        long needed = chunks.stream().mapToLong(Chunk::length).sum();
        long span = one.ranges.get(0).end() - one.ranges.get(0).start();
        // One request for columns that lie close together is cheaper than one each.
        if (span <= window && span <= 2 * needed) {
            return one;
        }
        if (!remote) {
            return null;
        }
        GroupRanges several = merged(chunks, GAP);
        return several.length <= 4L * window ? several : null;
    }

    private static GroupRanges merged(List<Chunk> chunks, long gap) {
        List<Chunk> sorted = new ArrayList<>(chunks);
        sorted.sort(Comparator.comparingLong(Chunk::start));
        List<Range> ranges = new ArrayList<>();
        long offset = 0;
        long start = sorted.get(0).start();
        long end = start;
        for (Chunk chunk : sorted) {
            if (chunk.start() - end > gap) {
                ranges.add(new Range(start, end, capped(offset)));
                offset += end - start;
                start = chunk.start();
                end = start;
            }
            end = Math.max(end, chunk.start() + chunk.length());
        }
        ranges.add(new Range(start, end, capped(offset)));
        return new GroupRanges(ranges, capped(offset + end - start));
    }

    /** What is beyond an array is refused by its size, whatever it says. */
    private static int capped(long size) {
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Of all parts together. */
    int length() {
        return length;
    }

    List<RandomAccess.Part> into(byte[] target) {
        List<RandomAccess.Part> parts = new ArrayList<>();
        for (Range range : ranges) {
            if (range.end() > range.start()) {
                parts.add(new RandomAccess.Part(
                        range.start(), target, range.offset(), (int) (range.end() - range.start())));
            }
        }
        return parts;
    }

    /** Where in the array a chunk begins. */
    int offsetOf(Chunk chunk) {
        for (Range range : ranges) {
            if (chunk.start() >= range.start() && chunk.start() + chunk.length() <= range.end()) {
                return range.offset() + (int) (chunk.start() - range.start());
            }
        }
        throw new IllegalArgumentException("not one of the chunks: " + chunk);
    }
}
