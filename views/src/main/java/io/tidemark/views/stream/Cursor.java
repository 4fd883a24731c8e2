package io.tidemark.views.stream;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.MetadataCodec;
import java.util.Optional;

/**
 * How far the tail has said what happened to a table.
 *
 * @param steps number of steps that were said
 * @param position after the last of them; empty before the first
 * @param metadata after the last of them; empty before the first
 * @param terms number of the terms that were said last
 * @param files number of live files after the last of them
 */
record Cursor(long steps, Optional<Position> position, Optional<TableMetadata> metadata, int terms, long files) {
    static final Cursor START = new Cursor(0, Optional.empty(), Optional.empty(), 0, 0);

    private static final Format FORMAT = new Format("the tail's cursor", 1);

    byte[] encode() {
        ByteWriter out = FORMAT.begin().writeUnsigned(steps);
        out.writeByte(position.isPresent() ? 1 : 0);
        position.ifPresent(at -> Positions.write(at, out));
        out.writeByte(metadata.isPresent() ? 1 : 0);
        metadata.ifPresent(known -> out.writeBytes(MetadataCodec.encode(known)));
        return out.writeUnsigned(terms).writeUnsigned(files).toBytes();
    }

    static Cursor decode(byte[] bytes) {
        return FORMAT.read(bytes, Cursor::read);
    }

    private static Cursor read(ByteReader in) {
        return new Cursor(
                in.readCount(),
                in.readByte() == 0 ? Optional.empty() : Optional.of(Positions.read(in)),
                in.readByte() == 0
                        ? Optional.empty()
                        : Optional.of(MetadataCodec.decode(in.readBytes(), TableMetadata::parse)),
                in.readInt(),
                in.readCount());
    }
}
