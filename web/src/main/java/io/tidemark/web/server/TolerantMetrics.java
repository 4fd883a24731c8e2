package io.tidemark.web.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Vert.x' own metrics, which leave out connections that came before them.
 *
 * <p>Vert.x 5.0 makes a server's metrics when its port is bound. A client that connects in between, as those do who wait for a
 * restart, is a connection without a metric, and would have no answer for ever: its first request ends in a
 * {@link NullPointerException}.
 */
final class TolerantMetrics extends MicrometerMetricsFactory {

    TolerantMetrics(MeterRegistry registry) {
        super(registry);
    }

    @Override
    public VertxMetrics metrics(VertxOptions options) {
        VertxMetrics metrics = super.metrics(options);
        return proxy(VertxMetrics.class, (proxy, method, arguments) -> {
            Object made = call(metrics, method, arguments);
            return made instanceof HttpServerMetrics<?, ?, ?> server ? tolerant(server) : made;
        });
    }

    /** The first argument of all that concerns a connection, or a request of it, is its metric. */
    private static HttpServerMetrics<?, ?, ?> tolerant(HttpServerMetrics<?, ?, ?> metrics) {
        return proxy(
                HttpServerMetrics.class,
                (proxy, method, arguments) ->
                        arguments != null && arguments[0] == null ? null : call(metrics, method, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
