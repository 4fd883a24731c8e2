package io.tidemark.web.live;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterJson;
import io.tidemark.web.wire.FilterReader;
import io.tidemark.web.wire.ViewNames;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What clients say. */
sealed interface ClientMessage {

    int MAX_ID = 200;

    String id();

    /**
     * @param rows which, and whether sessions are to be exact
     * @param views names of the views that are wanted
     * @param since what the client holds already; empty: nothing
     * @param alerts whether the table's alerts are to be told, too
     */
    record Subscribe(String id, FilterGroup.Key rows, Set<String> views, Optional<Since> since, boolean alerts)
            implements ClientMessage {}

    record Unsubscribe(String id) implements ClientMessage {}

    record Since(String epoch, long version) {}

    /** A message that cannot be understood, with the id that it had, if any. */
    record Bad(String id, String code, String message) implements ClientMessage {}

    /**
     * Understands a message; never throws.
     *
     * @param canScan whether filters may be such that the cube cannot answer
     */
    static ClientMessage parse(String text, CubeSpec spec, boolean canScan) {
        String id = null;
        try {
            JsonObject message = new JsonObject(text);
            id = id(message);
            if (id == null) {
                return new Bad(null, "bad-message", "'id' must be a text of 1 to " + MAX_ID + " characters.");
            }
            Object op = message.getValue("op");
            if ("unsubscribe".equals(op)) {
                return new Unsubscribe(id);
            }
            if ("subscribe".equals(op)) {
                return new Subscribe(
                        id, rows(message, spec, canScan), views(message, spec), since(message), alerts(message));
            }
            return new Bad(id, "bad-message", "'op' must be 'subscribe' or 'unsubscribe'.");
        } catch (DecodeException e) {
            return new Bad(null, "bad-message", "A message must be one JSON object.");
        } catch (BadRequestException e) {
            return new Bad(id, e.code(), e.getMessage());
        }
    }

    private static String id(JsonObject message) {
        return message.getValue("id") instanceof String id && !id.isEmpty() && id.length() <= MAX_ID ? id : null;
    }

    private static FilterGroup.Key rows(JsonObject message, CubeSpec spec, boolean canScan) {
        Filter filter = filter(message, spec, canScan);
        Object sessions = message.getValue("sessions");
        if (sessions != null && !sessions.equals("exact")) {
            throw new BadRequestException("bad-message", "'sessions' can only be 'exact'.");
        }
        boolean exact =
                sessions != null && !filter.isAll() && spec.distinctColumn().isPresent();
        if (exact && !canScan) {
            throw new BadRequestException(
                    FilterReader.NEEDS_SCAN,
                    "Sessions under a filter need a scan of the table, which is not done here.");
        }
        return new FilterGroup.Key(filter, exact);
    }

    private static Filter filter(JsonObject message, CubeSpec spec, boolean canScan) {
        FilterReader reader = new FilterReader(spec);
        Map<String, List<String>> parameters = FilterJson.parameters(message.getValue("filter"), reader);
        return canScan ? reader.readAny(parameters) : reader.read(parameters);
    }

    private static Set<String> views(JsonObject message, CubeSpec spec) {
        Set<String> known = ViewNames.all(spec);
        Object given = message.getValue("views");
        if (given == null) {
            return known;
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (Object name : given instanceof JsonArray array ? array.getList() : List.of(given)) {
            if (!(name instanceof String view) || !known.contains(view)) {
                throw new BadRequestException(
                        "bad-views", "'views' must be a list of these names: " + String.join(", ", known) + ".");
            }
            wanted.add(view);
        }
        return Set.copyOf(wanted);
    }

    private static boolean alerts(JsonObject message) {
        Object wanted = message.getValue("alerts");
        if (wanted == null || wanted instanceof Boolean) {
            return Boolean.TRUE.equals(wanted);
        }
        throw new BadRequestException("bad-message", "'alerts' must be true or false.");
    }

    private static Optional<Since> since(JsonObject message) {
        Object given = message.getValue("since");
        if (given == null) {
            return Optional.empty();
        }
        if (given instanceof JsonObject since
                && since.getValue("epoch") instanceof String epoch
                && since.getValue("version") instanceof Number version) {
            return Optional.of(new Since(epoch, version.longValue()));
        }
        throw new BadRequestException("bad-since", "'since' must be {\"epoch\": text, \"version\": number}.");
    }
}
