package io.tidemark.web.peer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;

/** Cuts bytes into frames. For one event loop. */
final class FrameParser {
    private final RecordParser parser = RecordParser.newFixed(Frame.HEAD);
    private final Consumer<Frame> frames;
    private Frame.Kind kind; // null: a head comes next

    FrameParser(Consumer<Frame> frames) {
        this.frames = frames;
        parser.handler(this::take);
    }

    /** @throws IllegalArgumentException if these are no frames */
    void add(Buffer bytes) {
        parser.handle(bytes);
    }

    private void take(Buffer record) {
        if (kind != null) {
            Frame frame = new Frame(kind, record.getBytes());
            kind = null;
            parser.fixedSizeMode(Frame.HEAD);
            frames.accept(frame);
            return;
        }
        int length = record.getInt(0);
        int number = record.getByte(4);
        if (length < 0 || length > Frame.MOST_BYTES || number < 0 || number >= Frame.Kind.values().length) {
            throw new IllegalArgumentException("not a frame");
        }
        Frame.Kind next = Frame.Kind.values()[number];
        if (length == 0) {
            frames.accept(Frame.of(next));
        } else {
            kind = next;
            parser.fixedSizeMode(length);
        }
    }
}
