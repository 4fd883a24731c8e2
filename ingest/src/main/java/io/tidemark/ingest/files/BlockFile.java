package io.tidemark.ingest.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** How a block of the cache is written: mark, lengths, checksum, the store's tag, the bytes. */
final class BlockFile {
    private static final int MAGIC = 0x544d4231;
    private static final int HEAD = 4 * Integer.BYTES;

    private BlockFile() {}

    static byte[] encoded(BlockCache.Block block) {
        byte[] tag = block.tag().getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(HEAD + tag.length + block.bytes().length)
                .putInt(MAGIC)
                .putInt(tag.length)
                .putInt(block.bytes().length)
                .putInt(checksum(tag, block.bytes()))
                .put(tag)
                .put(block.bytes());
        return content.array();
    }

    /** Empty if it is not as it was written. */
    static Optional<BlockCache.Block> decoded(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        if (content.length < HEAD || in.getInt() != MAGIC) {
            return Optional.empty();
        }
        int tagLength = in.getInt();
        int length = in.getInt();
        int checksum = in.getInt();
        if (tagLength < 0 || length < 0 || (long) HEAD + tagLength + length != content.length) {
            return Optional.empty();
        }
        byte[] tag = new byte[tagLength];
        byte[] bytes = new byte[length];
        in.get(tag).get(bytes);
        return checksum == checksum(tag, bytes)
                ? Optional.of(new BlockCache.Block(new String(tag, StandardCharsets.UTF_8), bytes))
                : Optional.empty();
    }

    private static int checksum(byte[] tag, byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(tag);
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
