package io.tidemark.ingest.scan;

/**
 * Definition levels of a top-level column: 1 = there is a value, 0 = null.
 *
 * <p>A page without nulls, or with nothing else, is one run: then not a single level is unpacked.
 */
final class Levels {
    private final HybridRuns runs = new HybridRuns();
    private final byte[] levels = new byte[ChunkReader.BATCH_ROWS];
    private byte[] legacy;
    private int legacyStart;
    private int legacyEnd;
    private int legacyNext;
    private boolean isLegacy;
    private boolean uniform;
    private int level;

    /** Begins with a page of a column that cannot be null. */
    void allDefined() {
        isLegacy = false;
        uniform = true;
        level = 1;
    }

    void start(byte[] bytes, int begin, int end) {
        isLegacy = false;
        uniform = false;
        runs.start(bytes, begin, end, 1, 2);
    }

    /** Begins with levels in the deprecated encoding BIT_PACKED, the first in the highest bit. */
    void startLegacy(byte[] bytes, int begin, int end) {
        isLegacy = true;
        uniform = false;
        legacy = bytes;
        legacyStart = begin;
        legacyEnd = end;
        legacyNext = 0;
    }

    /** Reads {@code count} levels and returns how many of them have a value. */
    int defined(int count) {
        if (uniform) {
            return count * level;
        }
        if (isLegacy) {
            return legacyDefined(count);
        }
        if (runs.repeats(count)) {
            runs.skipRepeated(count);
            return count * runs.repeatedValue();
        }
        runs.read(levels, 0, count, 0);
        return ones(count);
    }

    /** Eight levels are eight bits of a long. */
    private int ones(int count) {
        int sum = 0;
        int i = 0;
        for (; i <= count - 8; i += 8) {
            sum += Long.bitCount((long) ChunkReader.LONG.get(levels, i));
        }
        for (; i < count; i++) {
            sum += levels[i];
        }
        return sum;
    }

    private int legacyDefined(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++, legacyNext++) {
            int at = legacyStart + (legacyNext >>> 3);
            if (at >= legacyEnd) {
                throw new Malformed("has a page with fewer levels than values");
            }
            levels[i] = (byte) ((legacy[at] >>> (7 - (legacyNext & 7))) & 1);
            sum += levels[i];
        }
        return sum;
    }

    /** The levels that {@link #defined} read, if it said neither none nor all. */
    byte[] array() {
        return levels;
    }
}
