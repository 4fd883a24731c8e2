package io.tidemark.web.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who can reach the server, and whether that is all right. */
public final class Exposure {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private Exposure() {}

    /** Tokens with commas or spaces between. */
    public static List<String> tokens(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /**
     * Origins, in each text with commas or spaces between.
     *
     * @throws ConfigException if one is not an origin: scheme, host and maybe port, and nothing else
     */
    public static List<String> origins(List<String> texts) {
        List<String> origins =
                texts.stream().flatMap(text -> tokens(text).stream()).toList();
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new ConfigException("--cors-origin: '" + origin
                        + "' is not an origin: scheme, host and port as a browser sends them, and no path."
                        + " Example: https://dashboard.example.com");
            }
        }
        return origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /**
     * Refuses a server that everyone could use.
     *
     * @param insecure the user wants it all the same
     */
    public static void check(String host, AccessSettings access, boolean insecure) {
        if (!access.isOpen() || insecure) {
            return;
        }
        if (!isLoopback(host)) {
            throw new ConfigException(
                    "Host " + host + " can be reached from other machines, and there is no authentication."
                            + " Set TIDEMARK_AUTH_TOKENS, give --auth-tokens-file or --oidc-issuer, or --insecure if everyone may read.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    "--host: '" + host + "' is not a name or address of this machine. Example: 127.0.0.1");
        }
    }
}
