package io.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sampled stacks as an SVG: callers below what they call, each as wide as its share of the samples. A frame's tooltip has its
 * name and share.
 *
 * @see <a href="https://www.brendangregg.com/flamegraphs.html">Flame graphs</a>
 */
public final class FlameGraph {
    private static final double WIDTH = 1200;
    private static final int ROW = 16;
    private static final int TOP = 28;
    private static final double LETTER = 6.3;
    /** Narrower ones are left out. */
    private static final double NARROWEST = 0.6;

    private final Frame root = new Frame();

    private static final class Frame {
        private final Map<String, Frame> callees = new TreeMap<>();
        private long samples;

        private int depth() {
            return 1 + callees.values().stream().mapToInt(Frame::depth).max().orElse(0);
        }
    }

    /** @param stack names, the outermost caller first */
    public void add(List<String> stack) {
        Frame frame = root;
        frame.samples++;
        for (String name : stack) {
            frame = frame.callees.computeIfAbsent(name, any -> new Frame());
            frame.samples++;
        }
    }

    public long samples() {
        return root.samples;
    }

    public void write(Path file, String title) throws IOException {
        int height = TOP + root.depth() * ROW;
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" font-family="monospace" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="6" y="18">%s: %,d samples</text>
                """, WIDTH, height, escaped(title), root.samples));
        draw(svg, root, 0, height);
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private void draw(StringBuilder svg, Frame frame, double left, double bottom) {
        double x = left;
        for (Map.Entry<String, Frame> callee : frame.callees.entrySet()) {
            double width = WIDTH * callee.getValue().samples / root.samples;
            if (width >= NARROWEST) {
                rectangle(svg, callee.getKey(), callee.getValue().samples, x, bottom - ROW, width);
                draw(svg, callee.getValue(), x, bottom - ROW);
            }
            x += width;
        }
    }

    private void rectangle(StringBuilder svg, String name, long samples, double x, double y, double width) {
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\" rx=\"1\"/>",
                escaped(name),
                100.0 * samples / root.samples,
                x,
                y,
                Math.max(0.5, width - 0.5),
                ROW - 1,
                colour(name)));
        int letters = (int) ((width - 4) / LETTER);
        if (letters > 2) {
            String simple = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            String shown = simple.length() <= letters ? simple : simple.substring(0, letters - 1) + "…";
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"%.0f\">%s</text>", x + 2, y + ROW - 4, escaped(shown)));
        }
        svg.append("</g>\n");
    }

    /** By whose code it is: ours, the JDK's, or a library's. */
    private static String colour(String name) {
        if (name.startsWith("io.tidemark.")) {
            return "#f5b266";
        }
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.") ? "#d9d9d9" : "#9ecae1";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
