package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.Optional;

/**
 * How far the merge has come, said to the tail, which does not run far ahead of it: value of the topic {@code progress}, whose key
 * is the table's name.
 *
 * @param step number of the last step that was taken; -1 before the first
 * @param halt why the next one cannot be taken; empty if it can, or is not there yet
 */
record Progress(TableRef table, long step, Optional<Halt> halt) {
    private static final Format FORMAT = new Format("progress", 1);

    byte[] encode() {
        ByteWriter out = FORMAT.begin();
        table.write(out);
        out.writeSigned(step).writeByte(halt.isPresent() ? 1 : 0);
        halt.ifPresent(why -> out.writeBytes(why.encode()));
        return out.toBytes();
    }

    static Progress decode(byte[] bytes) {
        return FORMAT.read(bytes, Progress::read);
    }

    private static Progress read(ByteReader in) {
        return new Progress(
                TableRef.read(in),
                in.readSigned(),
                in.readByte() == 0 ? Optional.empty() : Optional.of(Halt.decode(in.readBytes())));
    }
}
