package io.tidemark.web.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID provider whose tokens are let in.
 *
 * @param issuer as tokens name it; its configuration is below it
 * @param audience that tokens must be for
 * @param rolesClaim where a token names its holder's roles; dots lead into objects
 * @param roles which values of that claim stand for which role, by the role's title; a role that is not here is named by its title
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</a>
 */
public record OidcSettings(URI issuer, String audience, String rolesClaim, Map<String, String> roles) {
    private static final Set<String> ROLES = Set.of("view", "export", "admin");

    public OidcSettings {
        roles = Map.copyOf(roles);
    }

    /**
     * @param issuer null or blank: there is none
     * @param roles {@code role=value} with commas between
     */
    public static Optional<OidcSettings> parse(String issuer, String audience, String rolesClaim, String roles) {
        if (issuer == null || issuer.isBlank()) {
            return Optional.empty();
        }
        if (audience == null || audience.isBlank()) {
            throw new ConfigException(
                    "--oidc-issuer needs --oidc-audience: whom tokens must be for. Otherwise those that"
                            + " were given for another service would be let in, too.");
        }
        return Optional.of(
                new OidcSettings(address(issuer.strip()), audience.strip(), rolesClaim.strip(), mapping(roles)));
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean secure = "https".equalsIgnoreCase(address.getScheme());
            boolean near = "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address.getHost());
            if (address.getHost() != null && (secure || near)) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new ConfigException("--oidc-issuer: '" + text
                + "' is not an address of https. Example: https://login.example.com/realms/data");
    }

    private static boolean isLoopback(String host) {
        try {
            return host != null
                    && Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Map<String, String> mapping(String text) {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (String part : text == null ? List.<String>of() : Exposure.tokens(text)) {
            int equals = part.indexOf('=');
            if (equals < 0 || !ROLES.contains(part.substring(0, equals)) || equals == part.length() - 1) {
                throw new ConfigException("--oidc-roles: '" + part
                        + "' is not role=value with one of view, export, admin. Example: view=analysts,admin=platform");
            }
            mapping.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return mapping;
    }
}
