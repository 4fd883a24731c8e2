package io.tidemark.web.rest;

import io.tidemark.web.wire.BadRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a request. Names are case-sensitive and may repeat; {@code name=} and {@code name} are the empty text.
 */
final class QueryParameters {
    private static final int MAX = 2000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** @param query as it came, still escaped; null if there is none */
    QueryParameters(String query) {
        if (query == null || query.isEmpty()) {
            return;
        }
        String[] pairs = query.split("&");
        if (pairs.length > MAX) {
            throw new BadRequestException("bad-parameter", "There are more than " + MAX + " parameters.");
        }
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
            }
        }
    }

    Map<String, List<String>> all() {
        return values;
    }

    /** The one value of a parameter; null if it is not there. */
    String single(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new BadRequestException("bad-parameter", "'" + name + "' is given more than once.");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    void refuseAllBut(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new BadRequestException(
                        "unknown-parameter",
                        "There is no parameter '" + name + "' here. "
                                + (known.isEmpty()
                                        ? "This path takes none."
                                        : "Parameters: " + String.join(", ", known) + "."));
            }
        }
    }

    private static String decode(String escaped) {
        try {
            return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("bad-parameter", "A '%' in the query is not followed by two hex digits.");
        }
    }
}
