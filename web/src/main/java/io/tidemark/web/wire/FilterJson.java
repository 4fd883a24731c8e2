package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.cube.Filter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Filters as JSON: the names and the meaning of the parameters of REST. */
public final class FilterJson {

    private FilterJson() {}

    /**
     * The parameters that a filter in JSON stands for; null stands for none.
     *
     * @param given an object whose values are texts, nulls, or lists of them
     * @throws BadRequestException if it is anything else
     */
    public static Map<String, List<String>> parameters(Object given, FilterReader reader) {
        Map<String, List<String>> parameters = new HashMap<>();
        if (given == null) {
            return parameters;
        }
        if (!(given instanceof JsonObject filter)) {
            throw new BadRequestException(FilterReader.BAD_FILTER, "'filter' must be an object.");
        }
        for (String name : filter.fieldNames()) {
            if (!reader.parameters().contains(name)) {
                throw new BadRequestException(
                        FilterReader.BAD_FILTER,
                        "A filter has no '" + name + "'. It may have: " + String.join(", ", reader.parameters()) + ".");
            }
            boolean time = name.equals(FilterReader.FROM) || name.equals(FilterReader.TO);
            for (Object value : list(filter.getValue(name))) {
                if (value instanceof String string) {
                    parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(string);
                } else if (value == null && !time) {
                    // The null value of the dimension, as "null": [name] also says.
                    parameters
                            .computeIfAbsent(FilterReader.NULL, n -> new ArrayList<>())
                            .add(name);
                } else {
                    throw new BadRequestException(FilterReader.BAD_FILTER, "'" + name + "' must be text.");
                }
            }
        }
        return parameters;
    }

    /** A field's values: those of a list, or the one that stands there; none if the field is null. */
    private static List<?> list(Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof JsonArray array ? array.getList() : List.of(value);
    }

    /** Writes a filter as a value of its own, such that {@link #parameters} stands for the same. */
    public static void write(JsonGenerator json, Filter filter) throws IOException {
        json.writeStartObject();
        if (filter.from().isPresent()) {
            json.writeStringField(FilterReader.FROM, Json.time(filter.from().get()));
        }
        if (filter.to().isPresent()) {
            json.writeStringField(FilterReader.TO, Json.time(filter.to().get()));
        }
        for (Map.Entry<String, Set<Optional<String>>> values : new TreeMap<>(filter.values()).entrySet()) {
            json.writeArrayFieldStart(values.getKey());
            for (String text : values.getValue().stream()
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList()) {
                json.writeString(text);
            }
            if (values.getValue().contains(Optional.<String>empty())) {
                json.writeNull();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
