package io.tidemark.process;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Whether there is a Docker engine, found out at once: Testcontainers takes its time, and fails with a page of text. */
final class DockerEngine {
    private DockerEngine() {}

    static boolean isHere() {
        String host = System.getenv("DOCKER_HOST");
        if (host != null && !host.startsWith("unix://")) {
            return true; // somebody means it
        }
        String socket = host == null ? "/var/run/docker.sock" : host.substring("unix://".length());
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
