package io.tidemark.process;

/** Numbers out of a page of Prometheus' text. */
public final class Metrics {
    private Metrics() {}

    /**
     * Sum over all labels; 0: there is no such metric.
     *
     * @param name or the name, a brace and the first labels
     */
    public static double sum(String page, String name) {
        return page.lines()
                .filter(line ->
                        line.startsWith(name) && (name.contains("{") || "{ ".indexOf(line.charAt(name.length())) >= 0))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
