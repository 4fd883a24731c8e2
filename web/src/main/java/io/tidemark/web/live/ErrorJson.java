package io.tidemark.web.live;

import io.tidemark.web.wire.Json;

/** Error messages of the socket. */
final class ErrorJson {

    private ErrorJson() {}

    /** @param id of the subscription that it is about; null: of none */
    static String of(String id, String code, String message) {
        return Json.object(json -> {
            json.writeStringField("op", "error");
            if (id != null) {
                json.writeStringField("id", id);
            }
            json.writeStringField("code", code);
            json.writeStringField("message", message);
        });
    }

    /** A text as JSON. */
    static String quoted(String text) {
        String object = Json.object(json -> json.writeStringField("", text));
        return object.substring("{\"\":".length(), object.length() - 1);
    }
}
