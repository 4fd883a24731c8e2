package io.tidemark.web.command;

import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.Exposure;
import io.tidemark.web.config.OidcSettings;
import io.tidemark.web.config.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who is let in, and how the server proves itself. */
final class AccessOptions {

    @Option(
            names = "--auth-tokens-file",
            paramLabel = "FILE",
            description =
                    "Lines of tokens that are let in, as 'tidemark token new' makes them; read anew when it changes.")
    private Path tokensFile;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "OpenID provider whose tokens are let in, as they name it.")
    private String issuer;

    @Option(names = "--oidc-audience", paramLabel = "NAME", description = "Whom these tokens must be for.")
    private String audience;

    @Option(
            names = "--oidc-roles-claim",
            paramLabel = "CLAIM",
            defaultValue = "roles",
            description = "Where these tokens name roles; dots lead into objects: realm_access.roles.")
    private String rolesClaim;

    @Option(
            names = "--oidc-roles",
            paramLabel = "ROLE=VALUE,…",
            description = "What these tokens call the roles view, export and admin, where it is something else.")
    private String roles;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate and those that lead to a known authority, in PEM; read anew when it changes.")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Key of the certificate, in PEM.")
    private Path key;

    AccessSettings access(Context context) {
        return new AccessSettings(
                Exposure.tokens(context.tokens()),
                Optional.ofNullable(tokensFile),
                OidcSettings.parse(issuer, audience, rolesClaim, roles));
    }

    Optional<TlsFiles> tls() {
        return TlsFiles.of(certificate, key);
    }
}
