package io.tidemark.web.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a client holds that applies messages as the contract says, and knows nothing else. Written apart from the server's
 * code: groups are kept by their JSON, and put in order as REST does.
 */
final class Subscriber {
    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final String id;
    String epoch;
    long version = -1;
    JsonObject views = new JsonObject();
    JsonObject last;

    Subscriber(String id) {
        this.id = id;
    }

    void received(String text) {
        messages.add(new JsonObject(text));
    }

    JsonObject next() throws InterruptedException {
        JsonObject message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message for 20 seconds; held: version " + version);
        }
        return message;
    }

    JsonObject next(String op) throws InterruptedException {
        JsonObject message = next();
        while (!op.equals(message.getString("op"))) {
            message = next();
        }
        return message;
    }

    /** Applies messages until it holds a version, or more. */
    void reach(String wantedEpoch, long wanted) throws InterruptedException {
        while (!wantedEpoch.equals(epoch) || version < wanted) {
            apply(next());
        }
    }

    void apply(JsonObject message) {
        String op = message.getString("op");
        if (op.equals("error")) {
            throw new AssertionError(message.encode());
        }
        if (op.equals("status") || op.equals("progress") || !id.equals(message.getString("id"))) {
            return;
        }
        last = message;
        if (op.equals("snapshot")) {
            epoch = message.getString("epoch");
            views = message.getJsonObject("views").copy();
        } else {
            if (message.getLong("from") > version) {
                throw new AssertionError("Update from " + message.getLong("from") + " for one who holds " + version);
            }
            message.getJsonObject("views").forEach(view -> {
                if (view.getKey().equals("totals")) {
                    views.put("totals", view.getValue());
                } else if (view.getKey().equals("other")) {
                    mergeOther((JsonObject) view.getValue());
                } else {
                    views.put(view.getKey(), merge(view.getKey(), (JsonArray) view.getValue()));
                }
            });
        }
        version = message.getLong("version");
    }

    /** Zero: all groups are listed; and where all groups of all views are, REST says nothing of it. */
    private void mergeOther(JsonObject changed) {
        JsonObject other = views.getJsonObject("other", new JsonObject()).copy().mergeIn(changed);
        changed.forEach(view -> {
            if (((Number) view.getValue()).longValue() == 0) {
                other.remove(view.getKey());
            }
        });
        if (other.isEmpty()) {
            views.remove("other");
        } else {
            views.put("other", other);
        }
    }

    private JsonArray merge(String view, JsonArray changed) {
        Map<JsonObject, Long> groups = new HashMap<>();
        for (JsonArray rows : List.of(views.getJsonArray(view), changed)) {
            for (Object row : rows) {
                JsonObject key = ((JsonObject) row).copy();
                groups.put(key, (Long) ((Number) key.remove("count")).longValue());
            }
        }
        List<JsonObject> rows = new ArrayList<>();
        groups.forEach((key, count) -> {
            if (count != 0) {
                rows.add(key.copy().put("count", count));
            }
        });
        Comparator<JsonObject> order = view.equals("hourly")
                ? Comparator.comparing((JsonObject row) -> row.getString("hour"))
                : Comparator.comparing((JsonObject row) -> -row.getLong("count"));
        for (String field : List.of("value", "channel", "type")) {
            order = order.thenComparing(row -> row.getString(field), Comparator.nullsFirst(Comparator.naturalOrder()));
        }
        rows.sort(order);
        return new JsonArray(rows);
    }
}
