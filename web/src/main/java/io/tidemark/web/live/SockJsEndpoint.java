package io.tidemark.web.live;

import io.tidemark.web.access.Admission;
import io.tidemark.web.limits.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Optional;

/**
 * SockJS sessions: over WebSocket, and for browsers behind proxies that break it, over streamed or polled responses.
 *
 * <p>Guards neither origin nor size: the routes in front do, for all transports.
 */
public final class SockJsEndpoint {
    private static final int STREAM_BYTES = 8 << 20;
    private static final String TOO_MANY =
            ErrorJson.of(null, "too-many-sockets", "As many sockets are open as may be. Try again later.");

    private final LiveHub hub;

    public SockJsEndpoint(LiveHub hub) {
        this.hub = hub;
    }

    /**
     * The routes below the endpoint's path.
     *
     * @param library path of the browser's library, for the one page of SockJS that loads it; the default is on a public host
     */
    public Router router(Vertx vertx, String library) {
        SockJSHandlerOptions options = new SockJSHandlerOptions()
                .setLibraryURL(library)
                .setHeartbeatInterval(20_000)
                .setMaxBytesStreaming(STREAM_BYTES)
                // Both work by running script that this server sends.
                .addDisabledTransport("HTML_FILE")
                .addDisabledTransport("JSON_P");
        return SockJSHandler.create(vertx, options).socketHandler(this::accept);
    }

    private void accept(SockJSSocket socket) {
        Context context = Vertx.currentContext();
        // Also before it is attached: what is not handled is logged as an error.
        socket.exceptionHandler(failure -> {
            if (isTooLong(failure)) {
                socket.close();
            }
        });
        Optional<Client> attached =
                hub.attach(new SockJsOutlet(socket, context), Admission.of(socket.routingContext()));
        if (attached.isEmpty()) {
            // SockJS has one code for all ends, which tells nobody to come later.
            context.runOnContext(ignored -> socket.write(TOO_MANY).onComplete(written -> socket.close()));
            return;
        }
        Client client = attached.get();
        socket.handler(message -> client.receive(message.toString()));
        socket.closeHandler(closed -> hub.detach(client));
    }

    /** What is thrown away of a message is told by this alone. */
    private boolean isTooLong(Throwable failure) {
        boolean tooLong = failure instanceof IllegalStateException;
        if (tooLong) {
            hub.door().refused(Refusal.TOO_LARGE);
        }
        return tooLong;
    }

    private record SockJsOutlet(SockJSSocket socket, Context context) implements Outlet {

        @Override
        public Future<Void> send(String text) {
            Promise<Void> sent = Promise.promise();
            context.runOnContext(ignored -> socket.write(text).onComplete(sent));
            return sent.future();
        }

        @Override
        public void abort() {
            context.runOnContext(ignored -> {
                // Of the first request: over WebSocket the only one, and of a streamed response the one that is stuck.
                Severance.sever(socket.routingContext().request().connection());
                socket.close();
            });
        }

        @Override
        public void close(int code, String reason) {
            context.runOnContext(ignored -> socket.close());
        }
    }
}
