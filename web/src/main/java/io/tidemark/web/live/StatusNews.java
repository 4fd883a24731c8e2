package io.tidemark.web.live;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.web.wire.Json;
import io.tidemark.web.wire.StatusJson;
import io.tidemark.web.wire.StatusReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells sockets how the table is doing: at once when its state or the reason changes, else at most as often as it is asked
 * whether there is news. Hub thread only.
 */
final class StatusNews {
    private final Supplier<StatusReport> report;
    private Object toldEssence;
    private TailState toldState;
    private Optional<String> toldReason = Optional.empty();

    StatusNews(Supplier<StatusReport> report) {
        this.report = report;
    }

    /** Tells one client. */
    void tell(Client client) {
        send(List.of(client), text(report.get()));
    }

    /** Tells all, if the state or its reason is another than was told last. */
    void tellStateChange(Set<Client> clients) {
        if (!clients.isEmpty()) {
            StatusReport now = report.get();
            if (now.tail().state() != toldState || !now.tail().reason().equals(toldReason)) {
                tellAll(clients, now);
            }
        }
    }

    /** Tells all, if anything worth telling changed. */
    void tellNews(Set<Client> clients) {
        if (!clients.isEmpty()) {
            StatusReport now = report.get();
            if (!now.essence().equals(toldEssence)) {
                tellAll(clients, now);
            }
        }
    }

    private void tellAll(Set<Client> clients, StatusReport now) {
        toldEssence = now.essence();
        toldState = now.tail().state();
        toldReason = now.tail().reason();
        send(clients, text(now));
    }

    private static void send(Iterable<Client> clients, String text) {
        for (Client client : clients) {
            if (client.subscriptions().isEmpty()) {
                continue;
            }
            boolean takes = client.takesMore();
            client.setStatusDue(!takes);
            if (takes) {
                client.send(text);
            }
        }
    }

    private static String text(StatusReport report) {
        return Json.object(json -> {
            json.writeStringField("op", "status");
            StatusJson.write(json, report);
        });
    }
}
