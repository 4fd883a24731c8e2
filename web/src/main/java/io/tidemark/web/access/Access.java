package io.tidemark.web.access;

import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.limits.Visitor;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides who a request is of. Safe for use by many threads; nothing here blocks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 */
public final class Access implements AutoCloseable {
    public static final String COOKIE = "tidemark_session";
    private static final String SCHEME = "bearer ";

    private final AccessSettings settings;
    private final Clock clock;
    private final Optional<OidcTokens> oidc;
    private final Optional<FileWatch> watch;
    private final SessionCookies cookies = new SessionCookies();
    private volatile Tokens tokens = Tokens.NONE;

    /** @throws ConfigException if the file of tokens cannot be read or understood */
    public Access(Vertx vertx, AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        List<TokenLine> plain = Tokens.plain(settings.tokens());
        this.tokens = new Tokens(plain);
        this.watch = settings.tokensFile().map(file -> watch(file, plain));
        this.oidc = settings.oidc().map(provider -> new OidcTokens(vertx, provider, clock));
    }

    private FileWatch watch(Path file, List<TokenLine> plain) {
        try {
            return FileWatch.start(List.of(file), contents -> {
                List<TokenLine> all = new ArrayList<>(plain);
                all.addAll(TokenLine.parseAll(new String(contents.get(0), StandardCharsets.UTF_8)));
                tokens = new Tokens(all);
            });
        } catch (IOException | ConfigException e) {
            throw new ConfigException("--auth-tokens-file: " + file + ": " + FileWatch.reason(e));
        }
    }

    /** True if nobody has to show anything. */
    public boolean isOpen() {
        return settings.isOpen();
    }

    /** Who a request is of, by its token or, without one, by its cookie; empty if it shows nothing that is good now. */
    public Optional<Caller> caller(HttpServerRequest request) {
        Optional<String> shown = bearer(request);
        if (shown.isPresent()) {
            return byToken(shown.get());
        }
        Cookie cookie = request.getCookie(COOKIE);
        return Optional.ofNullable(cookie)
                .flatMap(one -> cookies.read(one.getValue(), clock.instant()))
                .flatMap(this::now);
    }

    /** Who a token is of that a request shows; a cookie does not count. */
    public Optional<Caller> holder(HttpServerRequest request) {
        return bearer(request).flatMap(this::byToken);
    }

    private Optional<Caller> byToken(String token) {
        return tokens.find(token, clock.instant()).or(() -> oidc.flatMap(provider -> provider.verify(token)));
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    /** What is now true of somebody who was let in before: with the roles that the token has now. */
    private Optional<Caller> now(Caller before) {
        return before.token().isPresent()
                ? tokens.byHash(before.token().get(), clock.instant())
                : Optional.of(before).filter(caller -> !caller.hasEnded(clock.instant()));
    }

    /** Whether a request shows a token, good or not; a cookie does not count. */
    public boolean showsToken(HttpServerRequest request) {
        return bearer(request).isPresent();
    }

    /** That a caller is let in with a role, for as long as the token is good and has it. */
    public Admission admit(Caller caller, Role role, Visitor visitor) {
        return new Admission(
                Optional.of(caller),
                () -> now(caller).filter(now -> now.roles().contains(role)).isPresent(),
                visitor);
    }

    /** A cookie for the browser of a caller. */
    public Cookie cookie(Caller caller, boolean secure) {
        return cookie(cookies.give(caller, clock.instant()), secure).setMaxAge(SessionCookies.LASTS.toSeconds());
    }

    /** Takes the cookie from a browser. */
    public Cookie noCookie(boolean secure) {
        return cookie("", secure).setMaxAge(0);
    }

    private static Cookie cookie(String value, boolean secure) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }

    /** Seconds that a cookie lasts. */
    public long cookieSeconds() {
        return SessionCookies.LASTS.toSeconds();
    }

    /** Tokens of ours that are good now. */
    public int tokens() {
        return tokens.size();
    }

    @Override
    public void close() {
        watch.ifPresent(FileWatch::close);
        oidc.ifPresent(OidcTokens::close);
    }
}
