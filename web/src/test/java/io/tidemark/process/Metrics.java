package io.tidemark.process;

import java.util.NoSuchElementException;
import java.util.stream.DoubleStream;

/** Numbers out of a page of Prometheus' text. */
public final class Metrics {
    private Metrics() {}

    /**
     * Sum over all labels; 0: there is no such metric.
     *
     * @param name or the name, a brace and the first labels
     */
    public static double sum(String page, String name) {
        return samples(page, name).sum();
    }

    /**
     * As {@link #sum}, of a metric that has to be there.
     *
     * @throws NoSuchElementException if it is not
     */
    public static double known(String page, String name) {
        return samples(page, name)
                .reduce(Double::sum)
                .orElseThrow(() -> new NoSuchElementException("There is no metric " + name));
    }

    private static DoubleStream samples(String page, String name) {
        return page.lines()
                .filter(line ->
                        line.startsWith(name) && (name.contains("{") || "{ ".indexOf(line.charAt(name.length())) >= 0))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
