package io.tidemark.web.command;

import io.tidemark.views.verify.RunningService;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.Exposure;
import java.net.URI;
import java.net.URISyntaxException;

/** Where users say that a service is. */
final class ServiceAddress {
    private ServiceAddress() {}

    /**
     * A service, asked with the first of the process' tokens, if there is one.
     *
     * @throws ConfigException if it is no address of HTTP
     */
    static RunningService service(String url, Context context) {
        return new RunningService(
                parse(url), Exposure.tokens(context.tokens()).stream().findFirst());
    }

    /**
     * With a slash at its end, so that paths are resolved below it.
     *
     * @throws ConfigException if it is no address of HTTP
     */
    static URI parse(String url) {
        String text = url.strip();
        try {
            URI service = new URI(text.endsWith("/") ? text : text + "/");
            boolean http =
                    "http".equalsIgnoreCase(service.getScheme()) || "https".equalsIgnoreCase(service.getScheme());
            if (http && service.getHost() != null) {
                return service;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new ConfigException("--url: '" + url + "' is no address of a service. Example: http://127.0.0.1:8080/");
    }
}
