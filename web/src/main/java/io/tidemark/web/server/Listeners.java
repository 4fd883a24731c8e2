package io.tidemark.web.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * One HTTP server on each event loop, all on one port. Vert.x deals connections out to them in turn; with one server, all would share
 * one core. So what answers a request is called on several threads, but for one connection always on the same.
 */
final class Listeners {
    private final Vertx vertx;
    private final Supplier<HttpServer> servers;
    private final int loops;
    private final List<HttpServer> listening = new CopyOnWriteArrayList<>();
    private volatile String deployment; // null before they listen

    /** @param servers makes one that does not listen yet, with all that answers */
    Listeners(Vertx vertx, int loops, Supplier<HttpServer> servers) {
        this.vertx = vertx;
        this.loops = loops;
        this.servers = servers;
    }

    /**
     * @param port 0 picks a free one
     * @return the port
     * @throws BindException if the port is taken
     */
    int start(String host, int port) throws BindException {
        // Vert.x' sign for a free port that all of a deployment share.
        int shared = port == 0 ? -1 : port;
        try {
            deployment = vertx.deployVerticle(
                            () -> new Listener(host, shared), new DeploymentOptions().setInstances(loops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw e;
        }
        return listening.get(0).actualPort();
    }

    /** One of them, to change what they all share; empty before they listen. */
    Optional<HttpServer> any() {
        return listening.stream().findFirst();
    }

    void close() {
        if (deployment != null) {
            vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
        }
    }

    private final class Listener extends VerticleBase {
        private final String host;
        private final int port;

        Listener(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return servers.get().listen(port, host).onSuccess(listening::add);
        }
    }
}
