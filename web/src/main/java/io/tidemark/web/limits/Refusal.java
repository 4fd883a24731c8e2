package io.tidemark.web.limits;

/** Why something that a client asked for was refused; the titles are labels of a metric, and part of the contract. */
public enum Refusal {
    /** As many connections as there may be. */
    CONNECTIONS("connections"),
    /** As many connections as one client may have. */
    CLIENT_CONNECTIONS("client-connections"),
    /** A request or a part of it that came too slowly. */
    SLOW("slow"),
    /** More that waits for clients than there is memory for: whoever leaves most of it there. */
    UNSENT("unsent"),
    /** What is no HTTP, or no WebSocket. */
    MALFORMED("malformed"),
    /** Address, headers, body or message longer than allowed. */
    TOO_LARGE("too-large"),
    /** A page of another origin. */
    ORIGIN("origin"),
    /** No token, or one that is not good. */
    TOKEN("token"),
    /** So many tokens that are not good that the next was not looked at. */
    TOKEN_RATE("token-rate"),
    /** A token without the role that is needed. */
    ROLE("role"),
    /** More requests a second than one client may make. */
    REQUEST_RATE("request-rate"),
    /** As many requests as may be going on. */
    REQUESTS("requests"),
    /** As many requests as one client may have going on. */
    CLIENT_REQUESTS("client-requests"),
    /** As many sockets as a table may have. */
    SOCKETS("sockets"),
    /** As many sockets as one client may have. */
    CLIENT_SOCKETS("client-sockets"),
    /** More new sockets a second than one client may open. */
    SOCKET_RATE("socket-rate"),
    /** More messages than one socket may send. */
    MESSAGE_RATE("message-rate");

    private final String title;

    Refusal(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
