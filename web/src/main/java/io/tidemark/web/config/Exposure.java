package io.tidemark.web.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Who can reach the server, and whether that is all right. */
public final class Exposure {

    private Exposure() {}

    /** Tokens with commas or spaces between. */
    public static List<String> tokens(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /**
     * Refuses a server that everyone could use.
     *
     * @param insecure the user wants it all the same
     */
    public static void check(String host, List<String> tokens, boolean insecure) {
        if (!tokens.isEmpty() || insecure) {
            return;
        }
        if (!isLoopback(host)) {
            throw new ConfigException(
                    "Host " + host + " can be reached from other machines, and there is no authentication."
                            + " Set TIDEMARK_AUTH_TOKENS, or give --insecure if everyone may read.");
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
