package io.tidemark.web.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The ids of Server-Sent Events: {@code epoch:version}. An epoch has no colon. */
final class EventId {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventId() {}

    /** What a message says of the state that a client holds after it; both empty if it says nothing. */
    record Mark(Optional<String> epoch, OptionalLong version) {
        static final Mark NONE = new Mark(Optional.empty(), OptionalLong.empty());
    }

    /** Empty if it is no id of ours: then its client begins anew. */
    static Optional<ClientMessage.Since> parse(String id) {
        int colon = id.lastIndexOf(':');
        try {
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(
                            new ClientMessage.Since(id.substring(0, colon), Long.parseLong(id.substring(colon + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Looks at the fields before {@code version} and no further: what follows may be long. */
    static Mark read(String message) {
        try (JsonParser json = FACTORY.createParser(message)) {
            String epoch = null;
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("op")
                        && !json.getText().equals("snapshot")
                        && !json.getText().equals("update")) {
                    return Mark.NONE;
                } else if (field.equals("epoch")) {
                    epoch = json.getText();
                } else if (field.equals("version")) {
                    return new Mark(Optional.ofNullable(epoch), OptionalLong.of(json.getLongValue()));
                } else if (value.isStructStart()) {
                    return Mark.NONE;
                }
            }
            return Mark.NONE;
        } catch (IOException e) {
            return Mark.NONE;
        }
    }
}
