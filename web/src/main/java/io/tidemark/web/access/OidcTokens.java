package io.tidemark.web.access;

import io.tidemark.web.config.OidcSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of an OpenID provider: JWTs that are signed by one of its keys, for us, and have not ended. The keys are read from the
 * provider when this is made, now and then, and when a token names a key that is not known.
 *
 * <p>A token that was verified once is remembered until it ends, so that a page of many requests costs one verification.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068: JWT profile for access tokens</a>
 */
final class OidcTokens implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);

    /** With keys that the provider alone has; a shared secret, or none, is no proof of who signed. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final int MAX_LENGTH = 12 << 10;
    private static final int MAX_REMEMBERED = 1000;
    private static final int LEEWAY_SECONDS = 30;
    private static final Duration READ_EVERY = Duration.ofMinutes(10);
    private static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Keys that were read together. */
    private record Keys(JWTAuth verifier, Set<String> ids) {}

    private final Vertx vertx;
    private final OidcSettings settings;
    private final Clock clock;
    private final WebClient client;
    private final long timer;
    private final Map<String, Caller> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private volatile Keys keys;
    private Instant askedAt = Instant.EPOCH;

    OidcTokens(Vertx vertx, OidcSettings settings, Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setUserAgent("Tidemark")
                        .setFollowRedirects(false)
                        .setConnectTimeout((int) TIMEOUT.toMillis()));
        this.timer = vertx.setPeriodic(READ_EVERY.toMillis(), ignored -> readKeys());
        readKeys();
    }

    /** Whose token it is; empty if it is not good, or the provider's keys are not known yet. */
    Optional<Caller> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String hash = Hashes.hex(Hashes.of(token));
        Optional<Caller> known = remembered(hash);
        if (known.isPresent()) {
            return known.filter(caller -> !caller.hasEnded(clock.instant()));
        }
        Optional<Caller> caller = claims(token).map(this::caller);
        caller.ifPresent(one -> remember(hash, one));
        return caller.filter(one -> !one.hasEnded(clock.instant()));
    }

    private Optional<Caller> remembered(String hash) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(hash));
        }
    }

    private void remember(String hash, Caller caller) {
        synchronized (remembered) {
            remembered.put(hash, caller);
        }
    }

    /** What a token says, if it is to be believed. */
    private Optional<JsonObject> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonObject header = decode(parts[0]);
            if (!ALGORITHMS.contains(header.getString("alg"))) {
                return Optional.empty();
            }
            Keys now = keys;
            if (now == null || !now.ids().contains(header.getString("kid", ""))) {
                readKeys();
                return Optional.empty();
            }
            // Verified here and now: there is nothing to wait for.
            Future<User> user = now.verifier().authenticate(new TokenCredentials(token));
            JsonObject claims = decode(parts[1]);
            return user.succeeded() && claims.getValue("exp") instanceof Number
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static JsonObject decode(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    private Caller caller(JsonObject claims) {
        Object name = claims.getValue("preferred_username", claims.getValue("sub"));
        return new Caller(
                String.valueOf(name),
                roles(claims),
                Optional.of(Instant.ofEpochSecond(((Number) claims.getValue("exp")).longValue())),
                Optional.empty());
    }

    private Set<Role> roles(JsonObject claims) {
        Object at = claims;
        for (String name : settings.rolesClaim().split("\\.")) {
            at = at instanceof JsonObject object ? object.getValue(name) : null;
        }
        Set<String> held = new HashSet<>();
        if (at instanceof JsonArray list) {
            list.forEach(value -> held.add(String.valueOf(value)));
        } else if (at instanceof String text) {
            // As the claim 'scope' has them.
            held.addAll(Arrays.asList(text.strip().split("\\s+")));
        }
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (held.contains(settings.roles().getOrDefault(role.title(), role.title()))) {
                roles.add(role);
            }
        }
        return roles;
    }

    private void readKeys() {
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(askedAt.plus(READ_AT_MOST_EVERY))) {
                return;
            }
            askedAt = now;
        }
        String issuer = settings.issuer().toString();
        get(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration")
                .compose(configuration -> {
                    if (!issuer.equals(configuration.getString("issuer"))) {
                        return Future.failedFuture("its configuration is of another issuer");
                    }
                    return get(keysAddress(configuration.getString("jwks_uri")));
                })
                .map(this::keys)
                .onSuccess(read -> {
                    keys = read;
                    LOG.debug("The OpenID provider has {} keys", read.ids().size());
                })
                .onFailure(failure -> LOG.warn(
                        "The keys of the OpenID provider at {} could not be read, {}: {}",
                        settings.issuer().getHost(),
                        keys == null ? "so its tokens are refused" : "so those from before stay",
                        failure.getMessage()));
    }

    private String keysAddress(String text) {
        URI address = URI.create(String.valueOf(text));
        boolean safe = "https".equalsIgnoreCase(address.getScheme())
                || settings.issuer().getScheme().equalsIgnoreCase(address.getScheme());
        if (!safe || address.getHost() == null) {
            throw new IllegalArgumentException("the address of its keys is not one of https");
        }
        return address.toString();
    }

    private Future<JsonObject> get(String address) {
        return client.getAbs(address).timeout(TIMEOUT.toMillis()).send().map(OidcTokens::body);
    }

    private static JsonObject body(HttpResponse<?> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("it answered " + answer.statusCode());
        }
        return answer.bodyAsJsonObject();
    }

    private Keys keys(JsonObject set) {
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions()
                        .setIssuer(settings.issuer().toString())
                        .addAudience(settings.audience())
                        .setLeeway(LEEWAY_SECONDS));
        Set<String> ids = new HashSet<>();
        for (Object one : set.getJsonArray("keys", new JsonArray())) {
            JsonObject key = (JsonObject) one;
            boolean signs = !"oct".equals(key.getString("kty")) && !"enc".equals(key.getString("use"));
            if (signs && key.getString("kid") != null) {
                options.addJwk(key);
                ids.add(key.getString("kid"));
            }
        }
        if (ids.isEmpty()) {
            throw new IllegalStateException("it has no key with a name");
        }
        return new Keys(JWTAuth.create(vertx, options), Set.copyOf(ids));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        client.close();
    }
}
