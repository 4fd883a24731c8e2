package io.tidemark.web.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Refusals;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches what comes over one connection, below Vert.x, which knows of a request only when its head is there. Its handlers are for
 * the connection's event loop; {@link #isSlow} is for any thread.
 */
final class ConnectionWatch {
    /** Names that Vert.x gives. */
    private static final String DECODER = "httpDecoder";

    private static final String VERTX = "handler";

    private final Channel channel;
    private final Optional<String> client;
    private final boolean excess;
    private final Refusals refusals;

    private Runnable last = () -> {}; // event loop only

    // 0: none. Written by the event loop only.
    private volatile long headSince;
    private volatile long bodySince;

    /**
     * @param client that it is of; empty: of none that is limited
     * @param excess whether it is one too many: its first request is refused
     */
    ConnectionWatch(Channel channel, Optional<String> client, boolean excess, Refusals refusals) {
        this.channel = channel;
        this.client = client;
        this.excess = excess;
        this.refusals = refusals;
    }

    /** Begins to watch; on the event loop, when Vert.x has made the pipeline. */
    void begin() {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(DECODER, null, new Bytes());
        pipeline.addBefore(VERTX, null, new Messages());
    }

    Optional<String> client() {
        return client;
    }

    boolean isExcess() {
        return excess;
    }

    /** On the event loop. */
    void whenClosed(Runnable then) {
        last = then;
    }

    /** Says that it is closed; on the event loop. */
    void closed() {
        last.run();
    }

    /** True if the head or the body of a request takes longer to come than it may. */
    boolean isSlow(long now, Duration head, Duration body) {
        return isOver(headSince, now, head) || isOver(bodySince, now, body);
    }

    /** Bytes that were given to the connection and are not taken yet. For any thread. */
    long unsent() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Closes it at once, whatever waits to be sent. For any thread. */
    void sever() {
        channel.eventLoop().execute(this::cut);
    }

    private void cut() {
        if (channel.isOpen()) {
            channel.unsafe().close(channel.voidPromise());
        }
    }

    private static boolean isOver(long since, long now, Duration most) {
        return since != 0 && now - since > most.toNanos();
    }

    private static long now() {
        long now = System.nanoTime();
        return now == 0 ? 1 : now;
    }

    /** Sees bytes before they are understood: the first ones after a request or a frame are the beginning of the next. */
    private final class Bytes extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (headSince == 0 && bodySince == 0) {
                headSince = now();
            }
            context.fireChannelRead(bytes);
        }

        /** What cannot be written, for want of memory, would leave a client waiting for the rest of it. */
        @Override
        public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
            context.write(bytes, promise.unvoid()).addListener(written -> {
                if (!written.isSuccess()) {
                    cut();
                }
            });
        }
    }

    /** Sees what was understood: parts of requests and, once the connection is a WebSocket, frames. */
    private final class Messages extends ChannelInboundHandlerAdapter {
        private boolean upgraded;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest) {
                headSince = 0;
                bodySince = now();
            }
            if (message instanceof LastHttpContent) {
                headSince = 0;
                bodySince = 0;
            }
            if (message instanceof WebSocketFrame frame) {
                headSince = 0;
                boolean part = !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
                if (part) {
                    bodySince = frame.isFinalFragment() ? 0 : bodySince == 0 ? now() : bodySince;
                }
            }
            if (message instanceof WebSocketFrame && !upgraded) {
                upgraded = true;
                ChannelPipeline pipeline = context.pipeline();
                // Vert.x takes any bytes for text.
                Utf8FrameValidator validator = new Utf8FrameValidator(true);
                pipeline.addBefore(context.name(), null, validator);
                validator.channelRead(pipeline.context(validator), message);
            } else if (message instanceof PingWebSocketFrame && !channel.isWritable()) {
                // Vert.x would answer each, and keep the answers for a client that takes none. Only the last needs one.
                ReferenceCountUtil.release(message);
            } else {
                context.fireChannelRead(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (failure instanceof CorruptedWebSocketFrameException frame) {
                refusals.count(
                        frame.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()
                                ? Refusal.TOO_LARGE
                                : Refusal.MALFORMED);
            }
            context.fireExceptionCaught(failure);
        }
    }
}
