package io.tidemark.web.access;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser shows in place of a token, where a page cannot send one: for its socket, for downloads, for pictures. Signed
 * by a key that only this process has, so that nothing is kept here and nothing grows.
 *
 * <p>It holds no token. It says which token it was given for, so that it ends when that does or is taken back.
 */
final class SessionCookies {
    static final Duration LASTS = Duration.ofMinutes(15);

    private static final String HMAC = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int MAX_LENGTH = 4096;

    private final SecretKeySpec key;

    SessionCookies() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HMAC);
    }

    /** A value for a cookie that lasts for {@link #LASTS}, and no longer than the token. */
    String give(Caller caller, Instant now) {
        JsonArray roles = new JsonArray();
        caller.roles().stream().sorted().map(Role::title).forEach(roles::add);
        JsonObject content = new JsonObject()
                .put("name", caller.name())
                .put("roles", roles)
                .put("until", now.plus(LASTS).getEpochSecond());
        caller.token().ifPresent(hash -> content.put("token", hash));
        caller.ends().ifPresent(ends -> content.put("ends", ends.getEpochSecond()));
        String text = ENCODER.encodeToString(content.encode().getBytes(StandardCharsets.UTF_8));
        return text + '.' + ENCODER.encodeToString(sign(text));
    }

    /** Whose cookie this is; empty if it was not given here, or has ended. Whether its token is still good is not asked. */
    Optional<Caller> read(String value, Instant now) {
        int dot = value.indexOf('.');
        if (dot < 0 || value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String text = value.substring(0, dot);
            if (!MessageDigest.isEqual(sign(text), DECODER.decode(value.substring(dot + 1)))) {
                return Optional.empty();
            }
            JsonObject content = new JsonObject(new String(DECODER.decode(text), StandardCharsets.UTF_8));
            if (now.getEpochSecond() >= content.getLong("until")) {
                return Optional.empty();
            }
            Set<Role> roles = EnumSet.noneOf(Role.class);
            content.getJsonArray("roles")
                    .forEach(title -> Role.of((String) title).ifPresent(roles::add));
            return Optional.of(new Caller(
                            content.getString("name"),
                            roles,
                            Optional.ofNullable(content.getLong("ends")).map(Instant::ofEpochSecond),
                            Optional.ofNullable(content.getString("token"))))
                    .filter(caller -> !caller.hasEnded(now));
        } catch (IllegalArgumentException | DecodeException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + HMAC, e);
        }
    }
}
