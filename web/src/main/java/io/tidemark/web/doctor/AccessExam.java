package io.tidemark.web.doctor;

import io.tidemark.web.access.FileWatch;
import io.tidemark.web.access.TokenLine;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.TlsFiles;
import io.tidemark.web.server.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at who will be let in, and at what the server proves itself with. A provider of tokens is not asked. */
final class AccessExam {
    private static final Duration SOON = Duration.ofDays(21);

    private AccessExam() {}

    static List<Line> of(AccessSettings access, java.util.Optional<TlsFiles> tls, Instant now) {
        List<Line> lines = new ArrayList<>();
        if (access.isOpen()) {
            lines.add(Line.warning(
                    "access",
                    "everyone who reaches the service may do everything",
                    "Set TIDEMARK_AUTH_TOKENS or --auth-tokens-file, if others than you reach it; 'tidemark token new' makes"
                            + " a token."));
        } else {
            access.tokensFile().ifPresent(file -> lines.add(tokens(file, now)));
            String kinds = (access.tokens().isEmpty() ? "" : access.tokens().size() + " tokens of the environment ")
                    + (access.oidc().isEmpty()
                            ? ""
                            : "tokens of " + access.oidc().get().issuer());
            if (!kinds.isBlank()) {
                lines.add(Line.ok("access", "let in: " + kinds.strip()));
            }
        }
        tls.ifPresent(files -> lines.add(certificate(files, now)));
        return lines;
    }

    private static Line tokens(Path file, Instant now) {
        try {
            List<TokenLine> lines = TokenLine.parseAll(Files.readString(file));
            long ended = lines.stream()
                    .filter(line -> line.ends().map(at -> !at.isAfter(now)).orElse(false))
                    .count();
            String found = file + " has " + lines.size() + " tokens, " + ended + " of them ended";
            return lines.size() > ended
                    ? Line.ok("access", found)
                    : Line.warning("access", found, "Nobody can use it: add a line, as 'tidemark token new' makes it.");
        } catch (IOException | ConfigException e) {
            return Line.wrong("access", "--auth-tokens-file " + file + ": " + FileWatch.reason(e), "Correct the file.");
        }
    }

    private static Line certificate(TlsFiles files, Instant now) {
        try (InputStream pem = Files.newInputStream(files.certificate())) {
            TlsKeys.check(files);
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return ending(certificate.getNotAfter().toInstant(), now);
        } catch (IOException | GeneralSecurityException | ConfigException e) {
            return Line.wrong("tls", FileWatch.reason(e), "Correct --tls-cert and --tls-key.");
        }
    }

    static Line ending(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            return Line.wrong(
                    "tls", "the certificate ended at " + end, "Put a new one in its place; it is read anew at once.");
        }
        return end.isBefore(now.plus(SOON))
                ? Line.warning(
                        "tls", "the certificate ends at " + end, "Renew it: the files are read anew when they change.")
                : Line.ok("tls", "the certificate and its key belong together, until " + end);
    }
}
