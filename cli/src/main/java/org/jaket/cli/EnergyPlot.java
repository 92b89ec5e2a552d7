package org.jaket.cli;

import org.jaket.annealing.Convergence.Point;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.file.Objective;

import java.util.List;
import java.util.Locale;

/**
 * Two pictures side by side: how many reads had which value of the problem's objective, and the
 * best value by time.
 */
final class EnergyPlot {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 240;
    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int GAP = 110;
    private static final int MOST_BARS = 24;

    private final Objective objective;
    private final SampleSet set;
    private final List<Point> points;
    private final StringBuilder out = new StringBuilder();

    EnergyPlot(Objective objective, SampleSet set, List<Point> points) {
        this.objective = objective;
        this.set = set;
        this.points = points;
    }

    /** The pictures as SVG. */
    String svg() {
        int width = 2 * WIDTH + LEFT + GAP + 30;
        int height = HEIGHT + TOP + 60;
        line(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d'",
                        width,
                        height));
        line(" font-family='sans-serif' font-size='12'>");
        line(
                String.format(
                        Locale.ROOT, "<rect width='%d' height='%d' fill='white'/>", width, height));
        histogram();
        convergence(LEFT + WIDTH + GAP);
        line("</svg>");
        return out.toString();
    }

    private void histogram() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Sample s : set) {
            double value = objective.of(s.energy());
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        boolean one = low == high;
        int bars = one ? 1 : MOST_BARS;
        long[] counts = new long[bars];
        long most = 0;
        for (Sample s : set) {
            double way = one ? 0 : (objective.of(s.energy()) - low) / (high - low);
            int bar = Math.min(bars - 1, (int) (way * bars));
            counts[bar] += s.occurrences();
            most = Math.max(most, counts[bar]);
        }
        axes(LEFT, "reads by " + objective.name());
        double step = (double) WIDTH / bars;
        for (int k = 0; k < bars; k++) {
            if (counts[k] > 0) {
                double h = (double) HEIGHT * counts[k] / most;
                line(
                        String.format(
                                Locale.ROOT,
                                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='#4878a8'/>",
                                LEFT + k * step + 1,
                                TOP + HEIGHT - h,
                                step - 2,
                                h));
            }
        }
        text(LEFT, TOP + HEIGHT + 18, "start", number(low));
        if (!one) {
            text(LEFT + WIDTH, TOP + HEIGHT + 18, "end", number(high));
        }
        text(LEFT - 6, TOP + 10, "end", Long.toString(most));
        text(LEFT - 6, TOP + HEIGHT, "end", "0");
    }

    private void convergence(int x) {
        double first = objective.of(points.getFirst().energy());
        double last = objective.of(points.getLast().energy());
        double low = Math.min(first, last);
        double high = Math.max(first, last);
        double end = Math.max(set.time().toNanos(), points.getLast().time().toNanos());
        axes(x, "best %s by time".formatted(objective.name()));
        StringBuilder path = new StringBuilder();
        double before = 0;
        for (Point p : points) {
            double at = x + WIDTH * p.time().toNanos() / end;
            double value = objective.of(p.energy());
            double y = TOP + HEIGHT * (high == low ? 0.5 : (high - value) / (high - low));
            path.append(
                    path.isEmpty()
                            ? String.format(Locale.ROOT, "M%.1f,%.1f", at, y)
                            : String.format(
                                    Locale.ROOT, "L%.1f,%.1fL%.1f,%.1f", at, before, at, y));
            before = y;
        }
        path.append(String.format(Locale.ROOT, "L%d,%.1f", x + WIDTH, before));
        line(
                String.format(
                        Locale.ROOT,
                        "<path d='%s' fill='none' stroke='#b04030' stroke-width='2'/>",
                        path));
        text(x - 6, TOP + 10, "end", number(high));
        if (low < high) {
            text(x - 6, TOP + HEIGHT, "end", number(low));
        }
        text(x, TOP + HEIGHT + 18, "start", "0 s");
        text(x + WIDTH, TOP + HEIGHT + 18, "end", String.format(Locale.ROOT, "%.3g s", end / 1e9));
    }

    private void axes(int x, String title) {
        text(x + WIDTH / 2, TOP - 16, "middle", title);
        line(
                String.format(
                        Locale.ROOT,
                        "<path d='M%d,%dV%dH%d' fill='none' stroke='black'/>",
                        x,
                        TOP,
                        TOP + HEIGHT,
                        x + WIDTH));
    }

    private void text(int x, int y, String anchor, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;");
        line(
                String.format(
                        Locale.ROOT,
                        "<text x='%d' y='%d' text-anchor='%s'>%s</text>",
                        x,
                        y,
                        anchor,
                        safe));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.5g", value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
