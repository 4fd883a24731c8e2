package io.tidemark.web.command;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the commands know of the world.
 *
 * @param environment variables of the process
 * @param out for results
 */
record Context(Map<String, String> environment, PrintStream out) {

    /** Variables of the object stores. */
    Map<String, String> storage() {
        Map<String, String> storage = new TreeMap<>(environment);
        storage.keySet().removeIf(name -> !name.startsWith("AWS_"));
        return storage;
    }

    /** What the instances of a cluster know one another by; empty: none. */
    Optional<String> clusterToken() {
        return Optional.ofNullable(environment.get("TIDEMARK_CLUSTER_TOKEN"))
                .map(String::strip)
                .filter(token -> !token.isEmpty());
    }

    String tokens() {
        return environment.getOrDefault("TIDEMARK_AUTH_TOKENS", "");
    }
}
