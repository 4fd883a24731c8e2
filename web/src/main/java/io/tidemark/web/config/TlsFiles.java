package io.tidemark.web.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server proves itself with.
 *
 * @param certificate and those that lead to a known authority, in PEM
 * @param key in PEM, without a password
 */
public record TlsFiles(Path certificate, Path key) {

    /** @param certificate null: no TLS */
    public static Optional<TlsFiles> of(Path certificate, Path key) {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new ConfigException("--tls-cert and --tls-key go together: give both, or none.");
        }
        return Optional.of(new TlsFiles(certificate, key));
    }
}
