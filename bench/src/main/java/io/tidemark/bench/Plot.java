package io.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One line over commits as a small SVG. */
public final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 180;
    private static final int LEFT = 70;
    private static final int BOTTOM = 30;
    private static final int TOP = 24;

    private Plot() {}

    /** @param points at least one, each x and y, x ascending; the y axis begins at zero */
    public static void write(Path file, String title, String unit, List<double[]> points) throws IOException {
        double mostX = Math.max(1, points.get(points.size() - 1)[0]);
        double mostY = Math.max(
                1e-9, points.stream().mapToDouble(point -> point[1]).max().orElseThrow());
        StringBuilder line = new StringBuilder();
        for (double[] point : points) {
            line.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + point[0] / mostX * (WIDTH - LEFT - 10),
                    HEIGHT - BOTTOM - point[1] / mostY * (HEIGHT - BOTTOM - TOP)));
        }
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="16">%s</text>
                <line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#888"/>
                <line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#888"/>
                <text x="%d" y="%d" text-anchor="end">%s %s</text>
                <text x="%d" y="%d" text-anchor="end">0</text>
                <text x="%d" y="%d" text-anchor="end">%,d commits</text>
                <polyline fill="none" stroke="#1f6feb" stroke-width="1.5" points="%s"/>
                </svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        LEFT,
                        title,
                        LEFT,
                        HEIGHT - BOTTOM,
                        WIDTH - 10,
                        HEIGHT - BOTTOM,
                        LEFT,
                        TOP,
                        LEFT,
                        HEIGHT - BOTTOM,
                        LEFT - 6,
                        TOP + 8,
                        String.format(Locale.ROOT, "%.4g", mostY),
                        unit,
                        LEFT - 6,
                        HEIGHT - BOTTOM,
                        WIDTH - 10,
                        HEIGHT - 10,
                        (long) mostX,
                        line.toString().strip());
        Files.writeString(file, svg);
    }
}
