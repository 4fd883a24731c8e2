package io.tidemark.web.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells those clients of alerts that asked for them: of each alert when they subscribe, then of each that is another. Who asked
 * for none hears of none. Hub thread only.
 */
final class AlertNews {
    private final Supplier<List<String>> alerts;
    private final Map<Client, Asked> asked = new HashMap<>();

    /** What one client asked for. */
    private static final class Asked {
        private final Set<String> subscriptions = new HashSet<>();
        private boolean behind;
    }

    /** @param alerts of the table, each a JSON object with its fields */
    AlertNews(Supplier<List<String>> alerts) {
        this.alerts = alerts;
    }

    /** Looks at a message after it was handled: what was refused asks for nothing. */
    void heard(Client client, ClientMessage message) {
        boolean wanted = message instanceof ClientMessage.Subscribe subscribe
                && subscribe.alerts()
                && client.subscriptions().containsKey(message.id());
        if (wanted) {
            asked.computeIfAbsent(client, c -> new Asked()).subscriptions.add(message.id());
            tellAll(client);
        } else {
            Asked before = asked.get(client);
            if (before != null) {
                before.subscriptions.retainAll(client.subscriptions().keySet());
                if (message instanceof ClientMessage.Subscribe) {
                    before.subscriptions.remove(message.id());
                }
                if (before.subscriptions.isEmpty()) {
                    asked.remove(client);
                }
            }
        }
    }

    void left(Client client) {
        asked.remove(client);
    }

    /** @param json fields of an alert that is another */
    void changed(String json) {
        String text = message(json);
        asked.forEach((client, its) -> {
            if (its.behind || !client.takesMore()) {
                its.behind = true;
            } else {
                client.send(text);
            }
        });
    }

    /** Tells a client that takes more again what it missed. */
    void catchUp(Client client) {
        Asked its = asked.get(client);
        if (its != null && its.behind) {
            tellAll(client);
        }
    }

    /** The deleted ones among what a slow client missed are those that it is not told of any more. */
    private void tellAll(Client client) {
        Asked its = asked.get(client);
        its.behind = !client.takesMore();
        if (!its.behind) {
            alerts.get().forEach(json -> client.send(message(json)));
        }
    }

    private static String message(String json) {
        return "{\"op\":\"alert\"," + json.substring(1);
    }
}
