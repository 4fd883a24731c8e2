package io.tidemark.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Cuts what a server sends on a WebSocket into frames, and keeps only the beginning of each: a client that costs next to
 * nothing beside the server that is measured.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
final class FrameReader {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int KEPT = 256;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final BiConsumer<FrameReader, Integer> frames;
    private final byte[] begin = new byte[KEPT];
    private int kept;
    private int headMatched; // of the end of the response's head
    private boolean open;
    private int opcode = -1; // -1: the next byte begins a frame
    private int lengthBytes; // of the length that are still to come; -1: its first byte
    private long length;
    private long left;

    /** @param frames is told of each frame that is whole, with its opcode; {@link #begin()} and {@link #length()} are of it */
    FrameReader(BiConsumer<FrameReader, Integer> frames) {
        this.frames = frames;
    }

    /** True once the server has agreed to speak WebSocket. */
    boolean isOpen() {
        return open;
    }

    /** The first bytes of the frame, as text. */
    String begin() {
        return new String(begin, 0, kept, StandardCharsets.UTF_8);
    }

    /** Bytes of the frame's payload. */
    long length() {
        return length;
    }

    void read(ByteBuffer bytes) {
        while (!open && bytes.hasRemaining()) {
            headMatched = bytes.get() == END_OF_HEAD[headMatched] ? headMatched + 1 : 0;
            open = headMatched == END_OF_HEAD.length;
        }
        while (bytes.hasRemaining()) {
            if (opcode < 0) {
                opcode = bytes.get() & 0x0f;
                lengthBytes = -1;
                length = 0;
                kept = 0;
            } else if (lengthBytes != 0) {
                readLength(bytes.get());
            } else {
                keep(bytes);
            }
            if (opcode >= 0 && lengthBytes == 0 && left == 0) {
                int whole = opcode;
                opcode = -1;
                frames.accept(this, whole);
            }
        }
    }

    private void readLength(byte next) {
        if (lengthBytes < 0) {
            int first = next & 0x7f;
            lengthBytes = first == 127 ? 8 : first == 126 ? 2 : 0;
            length = lengthBytes == 0 ? first : 0;
        } else {
            length = length << 8 | next & 0xff;
            lengthBytes--;
        }
        left = length;
    }

    private void keep(ByteBuffer bytes) {
        int taken = (int) Math.min(left, bytes.remaining());
        int copied = Math.min(taken, KEPT - kept);
        bytes.get(begin, kept, copied);
        kept += copied;
        bytes.position(bytes.position() + taken - copied);
        left -= taken;
    }
}
