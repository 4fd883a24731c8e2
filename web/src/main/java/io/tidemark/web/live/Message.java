package io.tidemark.web.live;

import io.tidemark.web.wire.Json;

/**
 * A message to subscriptions, written once: all that differs between them is the id. Hub thread only.
 */
final class Message {
    private final String op;
    private final String rest;
    private String lastId;
    private String lastText;

    private Message(String op, String rest) {
        this.op = op;
        this.rest = rest;
    }

    /** @param fields at least one */
    static Message of(String op, Json.Content fields) {
        return new Message(op, Json.object(fields).substring(1));
    }

    /** @param id as JSON, in quotes */
    String text(String id) {
        // Nearly all clients use the same id.
        if (!id.equals(lastId)) {
            lastId = id;
            lastText = "{\"op\":\"" + op + "\",\"id\":" + id + ',' + rest;
        }
        return lastText;
    }
}
