package io.tidemark.views.verify;

import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.roaringbitmap.RoaringBitmap;

/**
 * The positions of a file's rows that are no rows of the table, by deletion vector.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#deletion-vector-format">Delta protocol</a>
 */
final class DeletedPositions {
    static final DeletedPositions NONE = new DeletedPositions(Map.of());

    private static final int MAGIC = 1681511377;
    private static final int MOST_BYTES = 1 << 30;
    private static final int UUID_CHARACTERS = 20;

    /** By the upper half of a position. */
    private final Map<Integer, RoaringBitmap> bitmaps;

    private DeletedPositions(Map<Integer, RoaringBitmap> bitmaps) {
        this.bitmaps = bitmaps;
    }

    /** @param position of a row in its file, from 0 */
    boolean contains(long position) {
        RoaringBitmap bitmap = bitmaps.get((int) (position >>> 32));
        return bitmap != null && bitmap.contains((int) position);
    }

    /** @throws TableException if the vector is damaged, or lies outside the table */
    static DeletedPositions read(Path root, Configuration conf, DeletionVector vector) throws IOException {
        if (vector.sizeInBytes() < 0 || vector.sizeInBytes() > MOST_BYTES) {
            throw damaged("has an absurd size");
        }
        byte[] bytes = switch (vector.storageType()) {
            case "i" -> Base85.decode(vector.pathOrInlineDv(), vector.sizeInBytes());
            case "u" -> stored(new Path(root, relative(vector.pathOrInlineDv())), conf, vector);
            case "p" -> stored(absolute(root, vector.pathOrInlineDv()), conf, vector);
            default -> throw damaged("is stored in a way that is not known");
        };
        DeletedPositions positions = new DeletedPositions(parse(bytes));
        if (positions.size() != vector.cardinality()) {
            throw damaged("does not hold as many rows as the log says");
        }
        return positions;
    }

    private long size() {
        return bitmaps.values().stream()
                .mapToLong(RoaringBitmap::getLongCardinality)
                .sum();
    }

    /** A random prefix, and 20 characters that are the name's UUID. */
    private static String relative(String text) {
        int prefix = text.length() - UUID_CHARACTERS;
        if (prefix < 0 || !text.substring(0, prefix).matches("[A-Za-z0-9_-]*")) {
            throw damaged("has a name that is none");
        }
        ByteBuffer uuid = ByteBuffer.wrap(Base85.decode(text.substring(prefix), 16));
        String name = "deletion_vector_" + new UUID(uuid.getLong(), uuid.getLong()) + ".bin";
        return prefix == 0 ? name : text.substring(0, prefix) + "/" + name;
    }

    private static Path absolute(Path root, String reference) {
        return new Path(root, new Path(null, null, LoggedPath.decoded(root, reference)));
    }

    /** Size, data and checksum, at the vector's offset. */
    private static byte[] stored(Path file, Configuration conf, DeletionVector vector) throws IOException {
        byte[] data = new byte[vector.sizeInBytes()];
        try (FSDataInputStream in = file.getFileSystem(conf).open(file)) {
            in.seek(vector.offset().orElse(0));
            if (in.readInt() != data.length) {
                throw damaged("has another size than the log says");
            }
            in.readFully(data);
            CRC32 checksum = new CRC32();
            checksum.update(data);
            if (in.readInt() != (int) checksum.getValue()) {
                throw damaged("has a wrong checksum");
            }
        }
        return data;
    }

    private static Map<Integer, RoaringBitmap> parse(byte[] bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() < 12 || data.getInt() != MAGIC) {
            throw damaged("is not in a format that is known");
        }
        Map<Integer, RoaringBitmap> bitmaps = new HashMap<>();
        for (long left = data.getLong(); left > 0; left--) {
            int key = data.getInt();
            RoaringBitmap bitmap = new RoaringBitmap();
            bitmap.deserialize(data);
            data.position(data.position() + bitmap.serializedSizeInBytes());
            bitmaps.put(key, bitmap);
        }
        return bitmaps;
    }

    private static TableException damaged(String what) {
        return new TableException("A deletion vector " + what + ".");
    }
}
