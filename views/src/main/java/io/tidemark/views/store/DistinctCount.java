package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;

/**
 * How many live files hold a distinct value, as it is stored: {@code number}, or {@code number, step, number after it}, where
 * a step that is still going on has written ahead.
 *
 * @param files number of live files; 0 only while a step is going on, or if that was cut off
 * @param step number of the step that wrote ahead; 0: none did
 * @param ahead number of live files once that step is committed
 */
record DistinctCount(long files, long step, long ahead) {
    static final DistinctCount NONE = new DistinctCount(0, 0, 0);
    static final int MOST_BYTES = 28;

    static DistinctCount settled(long files) {
        return new DistinctCount(files, 0, 0);
    }

    /** As seen by a step, which has maybe written ahead itself. */
    long seenBy(long observer) {
        return step != 0 && step == observer ? ahead : files;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().writeUnsigned(files);
        if (step != 0) {
            out.writeLong(step).writeUnsigned(ahead);
        }
        return out.toBytes();
    }

    /** @throws StateException if these are not the bytes of a count */
    static DistinctCount decode(byte[] bytes) {
        try {
            ByteReader in = new ByteReader(bytes);
            long files = in.readCount();
            if (in.remaining() == 0) {
                if (files == 0) {
                    throw new IllegalArgumentException("a distinct value that no file holds");
                }
                return settled(files);
            }
            long step = in.readLong();
            long ahead = in.readCount();
            in.readEnd();
            if (step == 0) {
                throw new IllegalArgumentException("a count by no step");
            }
            return new DistinctCount(files, step, ahead);
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the count of a distinct value cannot be read", e);
        }
    }
}
