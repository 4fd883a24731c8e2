package io.tidemark.web.export;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What Vert.x has no calls for: a download may be silent for longer than other connections, as long as it scans and finds nothing; and
 * one that fails must not look complete. To be used on the connection's event loop.
 */
final class ExportConnection {

    private ExportConnection() {}

    /** Lets a connection be silent from now on. Whoever calls this looks after it himself, and closes it in the end. */
    static void endureSilence(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            IdleStateHandler idle = base.channel().pipeline().get(IdleStateHandler.class);
            if (idle != null) {
                base.channel().pipeline().remove(idle);
            }
        }
    }

    /**
     * Ends a connection at once, by a reset: what waits to be sent is thrown away, and a client that takes the connection's end for
     * the end of the content (HTTP 1.0) sees an error too.
     */
    static void sever(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            if (!base.channel().isOpen()) {
                return;
            }
            base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            Channel.Unsafe channel = base.channel().unsafe();
            channel.close(channel.voidPromise());
        } else {
            connection.close().onFailure(failure -> {});
        }
    }
}
