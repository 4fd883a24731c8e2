package io.tidemark.web.live;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps sockets alive that nothing was sent on, and closes those that are stuck. Hub thread only. */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    // Shorter than what proxies usually allow to be idle, and than the server's own time-out.
    private static final long PING_EVERY = TimeUnit.SECONDS.toNanos(20);

    private long lastPing = System.nanoTime();

    void sweep(Collection<Client> clients) {
        long now = System.nanoTime();
        boolean ping = now - lastPing >= PING_EVERY;
        if (ping) {
            lastPing = now;
        }
        for (Client client : clients) {
            if (client.isClosed()) {
                continue;
            }
            if (client.isStuck(now)) {
                LOG.info("A socket took nothing for too long, with {} characters waiting; closed", client.unsent());
                client.abort();
            } else if (ping) {
                client.ping();
            }
        }
    }
}
