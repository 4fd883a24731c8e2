package io.tidemark.views.stream;

import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;

/** Parts that several records have. */
final class Positions {

    private Positions() {}

    static void write(Position position, ByteWriter out) {
        out.writeText(position.tableId()).writeSigned(position.version()).writeText(position.fingerprint());
    }

    static Position read(ByteReader in) {
        return new Position(in.readText(), in.readSigned(), in.readText());
    }

    /** The constant with a number, which records name it by: new ones come last. */
    static <E> E constant(E[] constants, int number) {
        if (number < 0 || number >= constants.length) {
            throw new IllegalArgumentException("number " + number + " where there are " + constants.length);
        }
        return constants[number];
    }
}
