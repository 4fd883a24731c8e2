package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.OidcSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.live.HubLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID provider: one of our own, on this machine. */
class OidcIT {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final FakeTable table = FakeTable.create();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer provider;
    private String issuer;
    private KeyPair first;
    private KeyPair second;
    private volatile JsonObject keys;
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        first = generator.generateKeyPair();
        second = generator.generateKeyPair();
        keys = new JsonObject().put("keys", new JsonArray().add(jwk("first", first)));
        provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realms/a";
        answer(
                "/realms/a/.well-known/openid-configuration",
                () -> new JsonObject().put("issuer", issuer).put("jwks_uri", issuer + "/keys"));
        answer("/realms/a/keys", () -> {
            asked.incrementAndGet();
            return keys;
        });
        provider.start();
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        OidcSettings oidc = OidcSettings.parse(issuer, "tidemark", "realm_access.roles", "view=analysts,admin=ops")
                .orElseThrow();
        served = new Served(
                new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT)
                        .letting(new AccessSettings(List.of(), Optional.empty(), Optional.of(oidc))),
                HubLimits.DEFAULT,
                table);
        Eventually.holds("the keys are known", () -> status(token("first", first, claims())) == 200);
    }

    @AfterEach
    void stop() {
        served.close();
        provider.stop(0);
    }

    private void answer(String path, java.util.function.Supplier<JsonObject> body) {
        provider.createContext(path, exchange -> {
            byte[] bytes = body.get().encode().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static JsonObject jwk(String id, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", URL.encodeToString(unsigned(key.getModulus())))
                .put("e", URL.encodeToString(unsigned(key.getPublicExponent())));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private JsonObject claims() {
        return new JsonObject()
                .put("iss", issuer)
                .put("aud", "tidemark")
                .put("sub", "u1")
                .put("preferred_username", "ada")
                .put("exp", Instant.now().plusSeconds(600).getEpochSecond())
                .put("realm_access", new JsonObject().put("roles", new JsonArray(List.of("analysts", "others"))));
    }

    private static String token(String id, KeyPair pair, JsonObject claims) throws Exception {
        String text = part(new JsonObject().put("alg", "RS256").put("kid", id)) + '.' + part(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + '.' + URL.encodeToString(signature.sign());
    }

    private static String part(JsonObject json) {
        return URL.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    private int status(String token) throws IOException {
        return served.get("/api/v1/views", "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void aTokenOfTheProviderIsLetInWithTheRolesThatItsClaimNames() throws Exception {
        String analyst = token("first", first, claims());
        JsonObject who = new JsonObject(served.get("/api/v1/session", "Authorization", "Bearer " + analyst)
                .body());
        assertThat(who.getString("name")).isEqualTo("ada");
        assertThat(who.getJsonArray("roles")).isEqualTo(new JsonArray().add("view"));
        assertThat(served.get("/api/v1/export", "Authorization", "Bearer " + analyst)
                        .statusCode())
                .isEqualTo(403);
        JsonObject ops = claims().put("realm_access", new JsonObject().put("roles", new JsonArray(List.of("ops"))));
        assertThat(served.put(
                                "/api/v1/alerts/a",
                                "{\"kind\":\"state\"}",
                                "Authorization",
                                "Bearer " + token("first", first, ops))
                        .statusCode())
                .isEqualTo(201);
        JsonObject none = claims().put("realm_access", new JsonObject().put("roles", "view"));
        assertThat(status(token("first", first, none))).isEqualTo(403);
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void whatTheProviderDidNotSignForUsIsRefused() throws Exception {
        Instant past = Instant.now().minusSeconds(120);
        Map<String, JsonObject> wrong = Map.of(
                "another audience", claims().put("aud", "another"),
                "no audience", without("aud"),
                "another issuer", claims().put("iss", "http://evil.example"),
                "no issuer", without("iss"),
                "ended", claims().put("exp", past.getEpochSecond()),
                "without an end", without("exp"),
                "not yet", claims().put("nbf", Instant.now().plusSeconds(600).getEpochSecond()));
        for (Map.Entry<String, JsonObject> one : wrong.entrySet()) {
            assertThat(status(token("first", first, one.getValue())))
                    .as(one.getKey())
                    .isEqualTo(401);
        }
        assertThat(status(token("first", second, claims()))).as("another key").isEqualTo(401);
        String good = token("first", first, claims());
        String other = token("first", first, claims().put("sub", "u2"));
        assertThat(status(good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'))))
                .as("another token's signature")
                .isEqualTo(401);
        String unsigned = part(new JsonObject().put("alg", "none").put("kid", "first")) + '.' + part(claims()) + '.';
        assertThat(status(unsigned)).as("unsigned").isEqualTo(401);
        String text = part(new JsonObject().put("alg", "HS256").put("kid", "first")) + '.' + part(claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(first.getPublic().getEncoded(), "HmacSHA256"));
        assertThat(status(text + '.' + URL.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)))))
                .as("the public key as a secret")
                .isEqualTo(401);
        for (String bad : List.of("a.b.c", "..", good + "x", "x".repeat(10_000), part(claims()))) {
            assertThat(status(bad)).isEqualTo(401);
        }
    }

    private JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
    }

    @Test
    void newKeysOfTheProviderAreReadWhenATokenNamesOneAndOldOnesAreForgotten() throws Exception {
        keys = new JsonObject().put("keys", new JsonArray().add(jwk("second", second)));
        Eventually.holds("the new key is known", () -> {
            Thread.sleep(100);
            return status(token("second", second, claims())) == 200;
        });
        assertThat(status(token("first", first, claims().put("jti", "new")))).isEqualTo(401);
    }

    @Test
    void aSocketIsClosedWhenItsTokenEnds() throws Exception {
        String token = token(
                "first", first, claims().put("exp", Instant.now().plusSeconds(3).getEpochSecond()));
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + served.port + "/live/websocket"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status);
                        return null;
                    }
                })
                .join();
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(status(token)).isEqualTo(401);
    }
}
