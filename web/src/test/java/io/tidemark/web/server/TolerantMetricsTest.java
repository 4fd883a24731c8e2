package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.micrometer.MicrometerMetricsOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TolerantMetricsTest {
    private static final SocketAddress ADDRESS = SocketAddress.inetSocketAddress(8080, "localhost");

    @AutoClose
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aConnectionThatCameBeforeTheMetricsIsServedAndLeftOutAndLaterOnesAreCounted() {
        HttpServerMetrics<Object, Object, Object> metrics = serverMetrics();

        assertThat(metrics.requestBegin(null, null)).isNull();
        assertThatCode(() -> {
                    metrics.bytesRead(null, ADDRESS, 10);
                    metrics.requestEnd(null, null, 10);
                    metrics.responseEnd(null, null, 10);
                    metrics.bytesWritten(null, ADDRESS, 10);
                    metrics.disconnected(null, ADDRESS);
                })
                .doesNotThrowAnyException();
        Object connection = metrics.connected(ADDRESS, "localhost");

        assertThat(connection).isNotNull();
        assertThat(registry.get("vertx.http.server.active.connections").gauge().value())
                .isEqualTo(1);
    }

    @SuppressWarnings("unchecked")
    private HttpServerMetrics<Object, Object, Object> serverMetrics() {
        VertxMetrics metrics = new TolerantMetrics(registry)
                .metrics(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)));
        return (HttpServerMetrics<Object, Object, Object>)
                metrics.createHttpServerMetrics(new HttpServerOptions(), ADDRESS);
    }
}
