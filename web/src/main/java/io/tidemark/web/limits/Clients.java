package io.tidemark.web.limits;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.tidemark.web.config.ConfigException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who a client is, by its address. An IPv6 client is the /64 that it is in: such a network is what one subscriber is given.
 *
 * <p>{@code X-Forwarded-For} is believed as far as it was written by proxies that are known: from its end to the first address that is
 * none of theirs. Whoever else sends it speaks for himself.
 */
public final class Clients {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final int MOST_HOPS = 16;

    private final List<IpSubnetFilterRule> proxies;
    private final boolean loopback;

    /**
     * @param proxies networks of proxies that are believed
     * @param loopback false: a loopback address is no client, so that nothing is limited for it alone
     * @throws ConfigException if one is no network
     */
    public Clients(List<String> proxies, boolean loopback) {
        this.proxies = proxies.stream().map(Clients::rule).toList();
        this.loopback = loopback;
    }

    private static IpSubnetFilterRule rule(String network) {
        int slash = network.indexOf('/');
        InetAddress address = address(slash < 0 ? network : network.substring(0, slash));
        if (address != null) {
            int bits = address instanceof Inet6Address ? 128 : 32;
            try {
                int prefix = slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
                if (prefix >= 0 && prefix <= bits) {
                    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
        }
        throw new ConfigException("--trusted-proxy: '" + network
                + "' is neither an address nor a network. Examples: 10.1.2.3, 10.0.0.0/8, fd00::/8");
    }

    /** The client at the other end of a connection; empty: nothing is limited for it alone, as for proxies. */
    public Optional<String> of(SocketAddress peer) {
        InetAddress address = peer == null ? null : address(peer.hostAddress());
        return address == null || isProxy(address) ? Optional.empty() : name(address);
    }

    /** The client that a request comes from, through proxies or not; empty: nothing is limited for it alone. */
    public Optional<String> of(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer == null
                ? Optional.empty()
                : of(peer.hostAddress(), request.headers().getAll(FORWARDED));
    }

    /** @param forwarded values of the header, in their order */
    Optional<String> of(String peer, List<String> forwarded) {
        InetAddress address = address(peer);
        if (address == null) {
            return Optional.empty();
        }
        if (forwarded.isEmpty() || !isProxy(address)) {
            return name(address);
        }
        String[] hops = String.join(",", forwarded).split(",");
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
            InetAddress hop = address(withoutPort(hops[i].strip()));
            if (hop == null) {
                break;
            }
            address = hop;
            if (!isProxy(hop)) {
                break;
            }
        }
        return name(address);
    }

    private boolean isProxy(InetAddress address) {
        for (IpSubnetFilterRule proxy : proxies) {
            if (proxy.matches(new InetSocketAddress(address, 0))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> name(InetAddress address) {
        if (address.isLoopbackAddress() && !loopback) {
            return Optional.empty();
        }
        if (!(address instanceof Inet6Address)) {
            return Optional.of(address.getHostAddress());
        }
        byte[] bytes = address.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            network.append(Integer.toHexString((bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)))
                    .append(':');
        }
        return Optional.of(network.append(":/64").toString());
    }

    /** Null if the text is none; names are not looked up. */
    private static InetAddress address(String text) {
        return text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }

    /** Some proxies add a port. */
    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(1, bracket);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
