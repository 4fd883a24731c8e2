package io.tidemark.web.peer;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A piece of an instance's answer: {@code length of the payload (4 bytes), kind (1 byte), payload}. An answer is a greeting, what
 * was asked for, and an end; without the end it was cut off.
 *
 * @param payload not to be changed
 */
record Frame(Kind kind, byte[] payload) {
    static final int HEAD = 5;
    static final int MOST_BYTES = 64 << 20;

    /** What a piece is. */
    enum Kind {
        /** First: the id of the table that answers. */
        HELLO,
        /** First and last: the table is not served there, nor is it meant to be. */
        NOT_SERVED,
        /** The counts of the next file. */
        COUNTS,
        /** Some whole rows of the files, as the export's format has them. */
        ROWS,
        /** Nothing yet: work goes on. */
        WAIT,
        /** Last: a text for users, why there is no more. */
        FAILED,
        /** Last: that was all. */
        END
    }

    private static final byte[] NOTHING = {};

    static Frame of(Kind kind) {
        return new Frame(kind, NOTHING);
    }

    static Frame of(Kind kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    boolean isLast() {
        return kind == Kind.END || kind == Kind.FAILED || kind == Kind.NOT_SERVED;
    }

    Buffer encode() {
        return Buffer.buffer(HEAD + payload.length)
                .appendInt(payload.length)
                .appendByte((byte) kind.ordinal())
                .appendBytes(payload);
    }
}
