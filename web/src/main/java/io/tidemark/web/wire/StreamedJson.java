package io.tidemark.web.wire;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Vert.x's JSON by Jackson's streams alone, found by Vert.x as a service. It takes data binding where that is on the class path,
 * whose four hundred classes a start need not wait for: nothing here binds JSON to classes.
 */
public final class StreamedJson implements JsonFactory {
    private final JsonCodec codec = new JacksonCodec();

    /** Before Vert.x's own. */
    @Override
    public int order() {
        return 0;
    }

    @Override
    public JsonCodec codec() {
        return codec;
    }
}
