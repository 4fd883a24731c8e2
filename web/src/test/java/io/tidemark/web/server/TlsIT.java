package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.TlsFiles;
import io.tidemark.web.live.HubLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by certificates in files. */
class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path dir;

    private final FakeTable table = FakeTable.create();

    /** A key and its own certificate, in PEM. */
    private record Pair(String certificate, String key, Certificate known) {}

    private Pair pair(String name, String... algorithm) throws Exception {
        Path store = dir.resolve(name + ".p12");
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString()));
        command.addAll(List.of(algorithm));
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Certificate certificate = keys.getCertificate("a");
        return new Pair(
                pem("CERTIFICATE", certificate.getEncoded()),
                pem("PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded()),
                certificate);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    private void put(String name, String text) throws IOException {
        Path draft = dir.resolve("draft");
        Files.writeString(draft, text);
        Files.move(draft, dir.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Served serve() throws IOException {
        TlsFiles files = new TlsFiles(dir.resolve("cert.pem"), dir.resolve("key.pem"));
        return new Served(
                new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT)
                        .secured(Optional.of(files)),
                HubLimits.DEFAULT,
                table);
    }

    /** The certificate that is shown, after a request was answered. */
    private static Certificate shown(Served served, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everyone()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", served.port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(Heads.read(socket.getInputStream())).startsWith("http/1.1 200");
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Tests look at the certificate themselves. */
    private static final class Everyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void aNewCertificateIsShownWithoutARestartAndAHalfOfOneIsNot() throws Exception {
        Pair first = pair("first", "-keyalg", "EC", "-groupname", "secp256r1");
        Pair second = pair("second", "-keyalg", "RSA", "-keysize", "2048");
        put("cert.pem", first.certificate());
        put("key.pem", first.key());
        try (Served served = serve();
                LogLines log = LogLines.collect()) {
            assertThat(shown(served, "TLSv1.3")).isEqualTo(first.known());
            put("cert.pem", second.certificate());
            Eventually.holds(
                    "it was looked at", () -> log.lines().stream().anyMatch(line -> line.contains("not taken")));
            assertThat(shown(served, "TLSv1.3")).isEqualTo(first.known());
            put("key.pem", second.key());
            Eventually.holds(
                    "the new one is shown", () -> shown(served, "TLSv1.2").equals(second.known()));
            assertThatThrownBy(() -> shown(served, "TLSv1.1"))
                    .isInstanceOfAny(SSLHandshakeException.class, IllegalArgumentException.class, IOException.class);
        }
    }

    @Test
    void whatIsNoPairIsRefusedAtTheStart() throws Exception {
        Pair first = pair("first", "-keyalg", "EC", "-groupname", "secp256r1");
        Pair second = pair("second", "-keyalg", "EC", "-groupname", "secp256r1");
        assertThatThrownBy(this::serve).isInstanceOf(ConfigException.class).hasMessageContaining("no such file");
        put("cert.pem", first.certificate());
        put("key.pem", second.key());
        assertThatThrownBy(this::serve)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not that of the certificate");
        put("key.pem", "nonsense");
        assertThatThrownBy(this::serve).isInstanceOf(ConfigException.class).hasMessageContaining("PEM");
    }
}
