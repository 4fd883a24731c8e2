package io.tidemark.ingest.scan;

import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeletionVector;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * Reads deletion vectors: inline, or from files under the table's root.
 *
 * <p>Size and checksum are checked. The bitmaps are read with the library that Delta Kernel uses, not through Kernel: its
 * {@code RoaringBitmapArray} can only be asked row by row, or for all rows at once in one array.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#deletion-vector-format">Delta protocol</a>
 */
final class DeletionVectorReader {
    /** Beside what a scan's buffers may take. */
    private static final int MAX_BYTES =
            (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final int PORTABLE_FORMAT = 1681511377;
    private static final int ENCODED_UUID = 20;

    private final TableFiles files;

    DeletionVectorReader(TableFiles files) {
        this.files = files;
    }

    DeletedRows read(DeletionVector vector) throws IOException {
        if (vector.cardinality() < 0 || vector.sizeInBytes() < 0 || vector.sizeInBytes() > MAX_BYTES) {
            throw new Malformed("has a deletion vector of " + vector.sizeInBytes() + " bytes for "
                    + vector.cardinality() + " rows, which is not possible or too large");
        }
        if (vector.cardinality() == 0) {
            return new DeletedRows(List.of(), 0);
        }
        byte[] data = switch (vector.storageType()) {
            case "i" -> inline(vector);
            case "u" -> stored(uuidPath(vector.pathOrInlineDv()), vector);
            case "p" -> stored(relativePath(vector.pathOrInlineDv()), vector);
            default ->
                throw new Malformed(
                        "has a deletion vector of storage type '" + vector.storageType() + "', which is not known");
        };
        try {
            return parse(data, vector.cardinality());
        } catch (Malformed e) {
            throw e;
        } catch (RuntimeException e) {
            // The library has no one exception for damage: buffer underflow, bad cookie, index out of bounds.
            throw new Malformed("has a deletion vector that is damaged");
        }
    }

    private static byte[] inline(DeletionVector vector) {
        String text = vector.pathOrInlineDv();
        if (text.length() != (vector.sizeInBytes() + 3L) / 4 * 5) {
            throw new Malformed("has an inline deletion vector of another size than it says");
        }
        try {
            return Base85Codec.decodeBytes(text, vector.sizeInBytes());
        } catch (RuntimeException e) {
            throw new Malformed("has an inline deletion vector that is not Base85");
        }
    }

    /** In the file: its size, the data, its checksum; big-endian. */
    private byte[] stored(String path, DeletionVector vector) throws IOException {
        int offset = vector.offset().orElse(1);
        if (offset < 0) {
            throw new Malformed("has a deletion vector at offset " + offset);
        }
        byte[] framed = new byte[vector.sizeInBytes() + 8];
        try (RandomAccess access = files.open(path, -1)) {
            access.read(offset, framed, 0, framed.length);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new Malformed("has a deletion vector in '" + path + "', which is not there");
        } catch (EOFException e) {
            throw new Malformed("has a deletion vector that goes beyond the end of '" + path + "'");
        }
        ByteBuffer frame = ByteBuffer.wrap(framed);
        CRC32 crc = new CRC32();
        crc.update(framed, 4, vector.sizeInBytes());
        if (frame.getInt(0) != vector.sizeInBytes() || frame.getInt(framed.length - 4) != (int) crc.getValue()) {
            throw new Malformed("has a deletion vector in '" + path + "' whose size or checksum does not match");
        }
        byte[] data = new byte[vector.sizeInBytes()];
        frame.get(4, data);
        return data;
    }

    /** A prefix, which is a folder or nothing, then a UUID in Base85. */
    private static String uuidPath(String encoded) {
        int prefix = encoded.length() - ENCODED_UUID;
        try {
            String name = "deletion_vector_" + Base85Codec.decodeUUID(encoded.substring(prefix)) + ".bin";
            return prefix == 0 ? name : encoded.substring(0, prefix) + "/" + name;
        } catch (RuntimeException e) {
            throw new Malformed("has a deletion vector whose name is not a UUID in Base85");
        }
    }

    /** Only files under the root are opened. */
    private String relativePath(String absolute) {
        try {
            return files.relative(absolute);
        } catch (PathOutsideTableException e) {
            throw new Malformed("has a deletion vector outside the table's root, which is not opened");
        }
    }

    private static DeletedRows parse(byte[] data, long cardinality) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != PORTABLE_FORMAT) {
            throw new Malformed("has a deletion vector in a format that is not known");
        }
        long count = in.getLong();
        if (count < 0 || count > data.length) {
            throw new Malformed("has a deletion vector that is damaged");
        }
        List<DeletedRows.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long high = in.getInt() & 0xffff_ffffL;
            if (high > Integer.MAX_VALUE) {
                throw new Malformed("has a deletion vector that is damaged");
            }
            ByteBuffer bitmap = in.slice().order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + new ImmutableRoaringBitmap(bitmap).serializedSizeInBytes());
            parts.add(new DeletedRows.Part(high, bitmap));
        }
        return new DeletedRows(parts, cardinality);
    }
}
