package io.tidemark.ingest.log;

import io.tidemark.ingest.files.PathOutsideTableException;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Failures of stores and libraries as sentences for users. */
final class Failures {
    private static final int MAX_LENGTH = 300;

    private Failures() {}

    static TableException reading(String path, IOException e) {
        if (e instanceof PathOutsideTableException) {
            return new TableException("[" + path + "] " + e.getMessage(), e);
        }
        return new TableException("[" + path + "] Cannot be read: " + firstLine(e), e);
    }

    /** The first line of a message, not too long; the kind of failure where there is none. */
    static String firstLine(Throwable e) {
        return shortened(e.getMessage(), e);
    }

    static String shortened(String message, Throwable e) {
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }

    static TableException unsupported(long version, Set<String> features) {
        return new UnsupportedFeatureException(
                "[version " + version + "] Reader feature" + (features.size() == 1 ? " " : "s ")
                        + features.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                        + (features.size() == 1 ? " is" : " are") + " not supported. Supported: "
                        + String.join(", ", new TreeSet<>(TableProtocol.SUPPORTED_FEATURES)) + ".");
    }
}
