package io.tidemark.views.store;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.HourBlockCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Hour blocks in the store: one value an hour, written from memory and read only when the store is opened. */
final class Hours {

    private Hours() {}

    /** The order of the keys is the order of the hours, no time first. */
    private static byte[] key(long hour) {
        return ByteBuffer.allocate(8).putLong(hour ^ Long.MIN_VALUE).array();
    }

    /** Writes every block that a step changed. */
    static void write(Cube after, CubeDelta delta, Batch batch) {
        for (HourBlock change : delta.blocks()) {
            Optional<HourBlock> block = after.block(change.hour());
            if (block.isPresent()) {
                batch.put(Family.HOURS, key(change.hour()), HourBlockCodec.encode(block.get()));
            } else {
                batch.delete(Family.HOURS, key(change.hour()));
            }
        }
    }

    /**
     * @param dictionary that the blocks speak of
     * @throws StateException if a block is not what was written
     * @throws TooLargeException if they take more of the heap than they may
     */
    static Cube load(Database database, Dictionary dictionary, HeapShare heap) {
        int combinations = dictionary.view().size();
        List<HourBlock> blocks = new ArrayList<>();
        long[] cells = {0};
        try {
            database.forEach(Family.HOURS, (key, value) -> {
                HourBlock block = HourBlockCodec.decode(value);
                requireKnown(block, combinations);
                if (!Arrays.equals(key, key(block.hour()))) {
                    throw new IllegalArgumentException(block + " under the key of another hour");
                }
                blocks.add(block);
                cells[0] += block.size();
                heap.requireLoaded(dictionary, blocks.size(), cells[0]);
            });
            return Cube.empty().plus(CubeDelta.of(blocks));
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw Remedy.damaged("an hour cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException if a block speaks of a combination that is not known */
    static void requireKnown(HourBlock block, int combinations) {
        if (block.size() > 0 && block.combination(block.size() - 1) >= combinations) {
            throw new IllegalArgumentException(block + " has a combination beyond the " + combinations + " known ones");
        }
    }
}
