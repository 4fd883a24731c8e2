package io.tidemark.web.live;

import io.vertx.core.Future;

/** Where one client's messages go: a plain WebSocket, or a SockJS session of whatever transport. For any thread. */
interface Outlet {

    /** Sends a text, after those sent before. Completes once it has left this process, fails if it never will. */
    Future<Void> send(String text);

    /** Asks the client for a sign of life, where the transport can. */
    default void ping() {}

    /** Ends the connection without asking: for a client that takes nothing, not even a goodbye. */
    void abort();

    /** @param code a WebSocket close code */
    void close(int code, String reason);
}
