package io.tidemark.web.command;

import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.PeerSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How the instances of a cluster ask one another: only with a token that all of them have. */
final class PeerOptions {
    private static final Pattern ADDRESS = Pattern.compile("([^\\s:/]+):(\\d{1,5})");

    @Option(
            names = "--peer-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description =
                    "Where to listen for other instances, which share scans and exports if TIDEMARK_CLUSTER_TOKEN is"
                            + " set.")
    private String listen;

    @Option(
            names = "--peer-address",
            paramLabel = "HOST:PORT",
            description = "Where other instances reach this one; by default where it listens for them.")
    private String address;

    /** Empty without a token: then nobody is asked, and nobody is answered. */
    Optional<PeerSettings> settings(Context context) {
        Matcher place = matched("--peer-listen", listen);
        Optional<String> reached = Optional.ofNullable(address)
                .map(at -> matched("--peer-address", at).group());
        return context.clusterToken()
                .map(token -> new PeerSettings(place.group(1), Integer.parseInt(place.group(2)), reached, token));
    }

    private static Matcher matched(String option, String text) {
        Matcher matcher = ADDRESS.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
            throw new ConfigException(option + ": '" + text + "' is not a host and a port. Example: 10.0.0.7:8081");
        }
        return matcher;
    }
}
