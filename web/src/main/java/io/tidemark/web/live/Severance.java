package io.tidemark.web.live;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends connections at once.
 *
 * <p>Closing in Vert.x's way first writes what waits, for which a client that reads nothing lets it wait until the idle
 * time-out; so this goes below it, into its implementation.
 */
final class Severance {

    private Severance() {}

    /** To be called on the connection's event loop; what waits to be written fails. */
    static void sever(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            Channel.Unsafe channel = base.channel().unsafe();
            channel.close(channel.voidPromise());
        } else {
            connection.close().onFailure(failure -> {});
        }
    }
}
