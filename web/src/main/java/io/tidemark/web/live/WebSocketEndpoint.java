package io.tidemark.web.live;

import io.tidemark.web.access.Admission;
import io.tidemark.web.limits.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain WebSockets. */
public final class WebSocketEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketEndpoint.class);

    private final LiveHub hub;

    public WebSocketEndpoint(LiveHub hub) {
        this.hub = hub;
    }

    /**
     * Takes a socket over; called on its event loop.
     *
     * @param connection that it came over
     * @param admission of the request
     */
    public void accept(ServerWebSocket socket, HttpConnection connection, Admission admission) {
        socket.exceptionHandler(failure -> failed(socket, failure));
        Optional<Client> attached =
                hub.attach(new WebSocketOutlet(socket, connection, Vertx.currentContext()), admission);
        if (attached.isEmpty()) {
            socket.close((short) 1013, "Too many sockets").onFailure(WebSocketEndpoint::ignore);
            return;
        }
        Client client = attached.get();
        socket.textMessageHandler(client::receive);
        socket.binaryMessageHandler(bytes -> client.receive("binary"));
        socket.closeHandler(closed -> hub.detach(client));
    }

    private void failed(ServerWebSocket socket, Throwable failure) {
        ignore(failure);
        if (failure instanceof IllegalStateException && !socket.isClosed()) {
            // A message in so many parts that it was thrown away; one part that is too long ends the connection by
            // itself.
            hub.door().refused(Refusal.TOO_LARGE);
            socket.close((short) 1009, "Message too long").onFailure(WebSocketEndpoint::ignore);
        }
    }

    private static void ignore(Throwable failure) {
        LOG.debug("A socket failed", failure);
    }

    private record WebSocketOutlet(ServerWebSocket socket, HttpConnection connection, Context context)
            implements Outlet {

        @Override
        public Future<Void> send(String text) {
            Promise<Void> sent = Promise.promise();
            context.runOnContext(ignored -> {
                if (socket.isClosed()) {
                    sent.fail("closed");
                } else {
                    socket.writeTextMessage(text).onComplete(sent);
                }
            });
            return sent.future();
        }

        @Override
        public void ping() {
            context.runOnContext(ignored -> {
                if (!socket.isClosed()) {
                    socket.writePing(Buffer.buffer("tide")).onFailure(WebSocketEndpoint::ignore);
                }
            });
        }

        @Override
        public void abort() {
            context.runOnContext(ignored -> Severance.sever(connection));
        }

        @Override
        public void close(int code, String reason) {
            context.runOnContext(ignored -> socket.close((short) code, reason).onFailure(WebSocketEndpoint::ignore));
        }
    }
}
