package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.TableProtocol;
import io.tidemark.ingest.log.UnsupportedFeatureException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says no to a table that this reader would misread. */
final class Refusal {
    private Refusal() {}

    static void ifUnsupported(String table, long version, TableProtocol protocol) {
        Set<String> missing = protocol.unsupported();
        if (missing.isEmpty()) {
            return;
        }
        String needs = missing.stream()
                .map(name ->
                        name.startsWith("reader version ") ? "R" + name.substring(1) : "Reader feature '" + name + "'")
                .collect(Collectors.joining(", "));
        throw new UnsupportedFeatureException("[" + table + "@" + version + "] " + needs
                + (missing.size() == 1 ? " is" : " are") + " not supported. Supported: "
                + String.join(", ", new TreeSet<>(TableProtocol.SUPPORTED_FEATURES))
                + ". Drop the feature from the table, or use a Tidemark that reads it.");
    }
}
