package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The scanner's own codecs for parquet-java: Hadoop's would want their configuration and pools. */
final class NestedCodecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("This reader writes nothing.");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(Codec.valueOf(codec.name()));
    }

    @Override
    public void release() {}

    private record Decompressor(Codec codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput compressed, int size) throws IOException {
            if (codec == Codec.UNCOMPRESSED) {
                return compressed;
            }
            byte[] from = compressed.toByteArray();
            byte[] to = new byte[size];
            if (from.length > 0 || size > 0) {
                codec.decompress(from, 0, from.length, to, size);
            }
            return BytesInput.from(to);
        }

        @Override
        public void decompress(ByteBuffer from, int length, ByteBuffer to, int size) throws IOException {
            byte[] compressed = new byte[length];
            from.get(compressed);
            to.put(decompress(BytesInput.from(compressed), size).toByteArray());
        }

        @Override
        public void release() {}
    }
}
