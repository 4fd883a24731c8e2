package io.tidemark.web.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.web.config.ConfigException;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "2001:db8:1:2::3, 2001:db8:1:2::/64",
        "2001:db8:1:2:ffff::9, 2001:db8:1:2::/64",
        "2001:db8:1:3::3, 2001:db8:1:3::/64",
        "::ffff:203.0.113.9, 203.0.113.9"
    })
    void aClientIsAnAddressOrTheNetworkOfASubscriber(String peer, String client) {
        assertThat(new Clients(List.of(), false).of(peer, List.of())).hasValue(client);
    }

    @Test
    void aLoopbackAddressIsNoClientUnlessItIsSaidToBe() {
        for (String peer : List.of("127.0.0.1", "127.9.9.9", "::1")) {
            assertThat(new Clients(List.of(), false).of(peer, List.of())).isEmpty();
            assertThat(new Clients(List.of(), true).of(peer, List.of())).isPresent();
        }
    }

    @Test
    void whatIsForwardedIsBelievedOfKnownProxiesOnly() {
        Clients clients = new Clients(PROXIES, false);
        assertThat(clients.of("203.0.113.9", List.of("198.51.100.1"))).hasValue("203.0.113.9");
        assertThat(clients.of("10.1.1.1", List.of("198.51.100.1"))).hasValue("198.51.100.1");
        assertThat(clients.of("fd00::1", List.of("198.51.100.1"))).hasValue("198.51.100.1");
        assertThat(new Clients(List.of(), false).of("10.1.1.1", List.of("198.51.100.1")))
                .hasValue("10.1.1.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1.1.1, 198.51.100.1 | 198.51.100.1",
                "1.1.1.1, 198.51.100.1, 10.2.2.2 | 198.51.100.1",
                "198.51.100.1:4711 | 198.51.100.1",
                "[2001:db8::1]:4711 | 2001:db8:0:0::/64",
                "10.3.3.3 | 10.3.3.3",
                "unknown | 10.1.1.1",
                "198.51.100.1, <script> | 10.1.1.1",
                "198.51.100.1, | 198.51.100.1"
            })
    void theClientIsTheLastAddressThatNoProxyOfOursHas(String forwarded, String client) {
        assertThat(new Clients(PROXIES, false).of("10.1.1.1", List.of(forwarded)))
                .hasValue(client);
    }

    @Test
    void aThousandHopsAreNotFollowed() {
        String hops = "198.51.100.1" + ", 10.0.0.1".repeat(1000);
        assertThat(new Clients(PROXIES, false).of("10.1.1.1", List.of(hops))).hasValue("10.0.0.1");
    }

    @Test
    void aProxysConnectionsAreNotThoseOfOneClient() {
        Clients clients = new Clients(PROXIES, true);
        assertThat(clients.of(SocketAddress.inetSocketAddress(1, "10.1.1.1"))).isEmpty();
        assertThat(clients.of(SocketAddress.inetSocketAddress(1, "203.0.113.9")))
                .hasValue("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "fd00::/129", "/8"})
    void whatIsNoNetworkIsRefused(String network) {
        List<String> proxies = List.of(network);
        assertThatThrownBy(() -> new Clients(proxies, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--trusted-proxy: '" + network + "'");
    }
}
