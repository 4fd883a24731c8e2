package io.tidemark.views.store;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.cube.ByteWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A logical file in 16 bytes: the first half of the SHA-256 of its path and deletion vector. That two files of one table
 * share a key is not to be expected before 10^18 of them, and cannot be arranged by who writes their names.
 */
public record FileKey(long high, long low) {
    public static final int BYTES = 16;

    public static FileKey of(FileId file) {
        ByteWriter name = new ByteWriter().writeText(file.path());
        file.deletionVectorId().ifPresent(name::writeText);
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(name.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @param bytes at least 16, of which the first count */
    public static FileKey of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new FileKey(buffer.getLong(), buffer.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
