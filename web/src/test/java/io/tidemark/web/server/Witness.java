package io.tidemark.web.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A client that writes down all that it was ever shown. */
final class Witness {

    /** What was shown as true for a version of an epoch. */
    record Shown(String epoch, long version, Map<String, Long> counts) {}

    private final String name;
    private final Transport transport;
    private final String filter;
    private final Predicate<EventRow> selected;
    private boolean exactSessions;
    private final Subscriber subscriber = new Subscriber("main");
    private final List<Shown> shown = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Transport.Connection connection;
    private Shown held;

    /** @param selected the rows that the filter selects */
    Witness(Transport transport, String filter, Predicate<EventRow> selected) {
        this.name = transport + " " + filter;
        this.transport = transport;
        this.filter = filter;
        this.selected = selected;
    }

    /** Wants exact sessions under its filter. */
    Witness withExactSessions() {
        exactSessions = true;
        return this;
    }

    /** Connects, with what it holds. */
    void connect(int port) throws IOException {
        connection = transport.open(port, "", this::received);
        JsonObject subscribe =
                new JsonObject().put("op", "subscribe").put("id", "main").put("filter", new JsonObject(filter));
        Shown last = held();
        if (last != null) {
            subscribe.put("since", new JsonObject().put("epoch", last.epoch()).put("version", last.version()));
        }
        if (exactSessions) {
            subscribe.put("sessions", "exact");
        }
        connection.send(subscribe.encode());
    }

    void disconnect() {
        connection.close();
    }

    private synchronized void received(String text) {
        try {
            JsonObject message = new JsonObject(text);
            subscriber.apply(message);
            String op = message.getString("op");
            if (op.equals("snapshot") || op.equals("update")) {
                take(new Shown(subscriber.epoch, subscriber.version, EventRow.served(subscriber.views)));
            }
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private void take(Shown now) {
        if (held != null && held.epoch().equals(now.epoch()) && held.version() > now.version()) {
            failures.add(new AssertionError(
                    "Went back from " + held.version() + " to " + now.version() + " within epoch " + now.epoch()));
        }
        held = now;
        shown.add(now);
    }

    /** What it shows now; null before anything was shown. */
    synchronized Shown held() {
        return held;
    }

    synchronized List<Shown> shown() {
        return List.copyOf(shown);
    }

    synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** What it ought to be shown of rows. */
    Map<String, Long> counts(List<EventRow> rows) {
        Map<String, Long> counts = EventRow.count(rows.stream().filter(selected).toList());
        if (!filter.equals("{}") && !exactSessions) {
            counts.remove("sessions");
        }
        return counts;
    }

    @Override
    public String toString() {
        return name;
    }
}
