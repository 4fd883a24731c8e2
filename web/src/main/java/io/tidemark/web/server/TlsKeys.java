package io.tidemark.web.server;

import io.tidemark.web.access.FileWatch;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Certificate and key of the server, read from files and checked to belong together. */
public final class TlsKeys {
    private static final byte[] PROOF = {1, 2, 3};

    private TlsKeys() {}

    /**
     * Says whether a server could use them now.
     *
     * @throws ConfigException if not
     */
    public static void check(TlsFiles files) {
        Vertx vertx = Vertx.vertx();
        try {
            watch(vertx, files, pair -> {}).close();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /**
     * Has them taken once, and again whenever the files change. A pair that is not whole yet, as when one file was changed
     * before the other, is not taken.
     *
     * @throws ConfigException if the files are of no use now
     */
    static FileWatch watch(Vertx vertx, TlsFiles files, Consumer<PemKeyCertOptions> taker) {
        try {
            return FileWatch.start(
                    List.of(files.certificate(), files.key()), contents -> taker.accept(checked(vertx, contents)));
        } catch (IOException e) {
            throw new ConfigException("--tls-cert, --tls-key: " + files.certificate() + ", " + files.key() + ": "
                    + FileWatch.reason(e) + ".");
        }
    }

    private static PemKeyCertOptions checked(Vertx vertx, List<byte[]> contents) {
        PemKeyCertOptions options = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(contents.get(0)))
                .addKeyValue(Buffer.buffer(contents.get(1)));
        try {
            for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys && belongTogether(keys)) {
                    return options;
                }
            }
        } catch (Exception e) {
            throw new ConfigException(
                    "--tls-cert, --tls-key: these are no certificate and its key in PEM without a password ("
                            + e.getClass().getSimpleName() + ").");
        }
        throw new ConfigException("--tls-cert, --tls-key: the key is not that of the certificate.");
    }

    private static boolean belongTogether(X509KeyManager keys) throws Exception {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            String[] aliases = keys.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                return signs(keys.getPrivateKey(aliases[0]), keys.getCertificateChain(aliases[0])[0].getPublicKey());
            }
        }
        return false;
    }

    private static boolean signs(PrivateKey key, PublicKey known) throws Exception {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROOF);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(known);
        checking.update(PROOF);
        return checking.verify(signature);
    }
}
