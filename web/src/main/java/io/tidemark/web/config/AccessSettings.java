package io.tidemark.web.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in; with nothing of it, everyone is.
 *
 * @param tokens as clients show them; they may do everything
 * @param tokensFile lines of tokens with their roles
 * @param oidc a provider of tokens
 */
public record AccessSettings(List<String> tokens, Optional<Path> tokensFile, Optional<OidcSettings> oidc) {
    public static final AccessSettings OPEN = ofTokens(List.of());

    public AccessSettings {
        tokens = List.copyOf(tokens);
    }

    public static AccessSettings ofTokens(List<String> tokens) {
        return new AccessSettings(tokens, Optional.empty(), Optional.empty());
    }

    /** True if everyone is let in. */
    public boolean isOpen() {
        return tokens.isEmpty() && tokensFile.isEmpty() && oidc.isEmpty();
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "AccessSettings[tokens=" + tokens.size() + ", tokensFile=" + tokensFile + ", oidc=" + oidc + "]";
    }
}
