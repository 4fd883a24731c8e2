package io.tidemark.web.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Understands where alerts are posted. */
public final class Webhooks {

    private Webhooks() {}

    /**
     * Addresses, in each text with commas or spaces between.
     *
     * @param secret signs what is posted to each; blank: nothing is signed
     * @throws ConfigException if one is not an address of HTTP
     */
    public static List<WebhookSettings> parse(List<String> texts, String secret) {
        Optional<String> signing = Optional.ofNullable(secret).filter(text -> !text.isBlank());
        return texts.stream()
                .flatMap(text -> Exposure.tokens(text).stream())
                .map(text -> WebhookSettings.of(address(text), signing))
                .toList();
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below, without the text: it may hold a secret.
        }
        throw new ConfigException(
                "--alert-webhook: this is no address that can be posted to: scheme http or https, a host,"
                        + " and no user. Example: https://hooks.example.com/tidemark");
    }
}
