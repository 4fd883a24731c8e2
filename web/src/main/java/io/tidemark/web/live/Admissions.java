package io.tidemark.web.live;

import io.tidemark.web.access.Admission;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Closes sockets whose token has ended or was taken back. Hub thread only. */
final class Admissions {
    private static final int POLICY = 1008;

    private final Map<Client, Admission> admitted = new HashMap<>();

    void attach(Client client, Admission admission) {
        if (admission.caller().isPresent() && !client.isClosed()) {
            admitted.put(client, admission);
        }
    }

    void detach(Client client) {
        admitted.remove(client);
    }

    void sweep() {
        for (Iterator<Map.Entry<Client, Admission>> all = admitted.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Client, Admission> one = all.next();
            if (!one.getValue().isCurrent()) {
                one.getKey().close(POLICY, "The token has ended");
                all.remove();
            }
        }
    }
}
