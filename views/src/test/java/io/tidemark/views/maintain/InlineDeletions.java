package io.tidemark.views.maintain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.SortedSet;
import org.roaringbitmap.RoaringBitmap;

/** Inline deletion vectors, as the protocol describes them. */
final class InlineDeletions {
    private static final String Z85 =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private InlineDeletions() {}

    /** Empty if no row is deleted. */
    static Optional<String> descriptor(SortedSet<Integer> deleted) {
        if (deleted.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap bitmap = new RoaringBitmap();
        deleted.forEach(bitmap::add);
        int size = 4 + 8 + 4 + bitmap.serializedSizeInBytes();
        ByteBuffer bytes = ByteBuffer.allocate((size + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        bitmap.serialize(bytes);
        StringBuilder text = new StringBuilder();
        ByteBuffer words = ByteBuffer.wrap(bytes.array()).order(ByteOrder.BIG_ENDIAN);
        while (words.hasRemaining()) {
            long word = words.getInt() & 0xffffffffL;
            for (long divisor = 52_200_625; divisor > 0; divisor /= 85) {
                text.append(Z85.charAt((int) (word / divisor % 85)));
            }
        }
        return Optional.of("{\"storageType\":\"i\",\"pathOrInlineDv\":\"" + text + "\",\"sizeInBytes\":" + size
                + ",\"cardinality\":" + deleted.size() + "}");
    }
}
