package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;

/**
 * Why the next step cannot be taken.
 *
 * @param gone whether it is because a file is not there any more, which a later version of the table may not need
 * @param reason for users
 */
record Halt(boolean gone, String reason) {
    private static final Format FORMAT = new Format("a halt", 1);

    byte[] encode() {
        return FORMAT.begin().writeByte(gone ? 1 : 0).writeText(reason).toBytes();
    }

    static Halt decode(byte[] bytes) {
        return FORMAT.read(bytes, Halt::read);
    }

    private static Halt read(ByteReader in) {
        return new Halt(in.readByte() != 0, in.readText());
    }
}
