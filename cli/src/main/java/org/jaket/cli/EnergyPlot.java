package org.jaket.cli;

import org.jaket.annealing.Convergence.Point;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.file.Objective;

import java.time.Duration;
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
    private final List<Reads> reads;
    private final Duration time;
    private final List<Point> points;
    private final String whichReads;
    private final String whichBest;
    private final StringBuilder out = new StringBuilder();

    /** How many reads had an energy. */
    private record Reads(double energy, int count) {}

    private EnergyPlot(
            Objective objective,
            List<Reads> reads,
            Duration time,
            List<Point> points,
            String whichReads,
            String whichBest) {
        this.objective = objective;
        this.reads = reads;
        this.time = time;
        this.points = points;
        this.whichReads = whichReads;
        this.whichBest = whichBest;
    }

    /** The plot of a model without constraints. */
    static EnergyPlot of(Objective objective, SampleSet set, List<Point> points) {
        return new EnergyPlot(
                objective,
                set.samples().stream().map(s -> new Reads(s.energy(), s.occurrences())).toList(),
                set.time(),
                points,
                "reads by " + objective.name(),
                "best " + objective.name() + " by time");
    }

    /**
     * The plot of a model with constraints: reads that are solutions only.
     *
     * @param set has a solution
     * @param penalties whether the points' energies have penalties in them
     */
    static EnergyPlot of(
            Objective objective, ConstrainedSampleSet set, List<Point> points, boolean penalties) {
        int all = set.samples().stream().mapToInt(ConstrainedSample::occurrences).sum();
        int solutions = set.feasible().stream().mapToInt(ConstrainedSample::occurrences).sum();
        return new EnergyPlot(
                objective,
                set.feasible().stream().map(s -> new Reads(s.energy(), s.occurrences())).toList(),
                set.time(),
                points,
                "solutions by %s, %d of %d reads".formatted(objective.name(), solutions, all),
                "best %s%s by time"
                        .formatted(objective.name(), penalties ? " with penalties" : ""));
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
        for (Reads s : reads) {
            double value = objective.of(s.energy());
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        boolean one = low == high;
        int bars = one ? 1 : MOST_BARS;
        long[] counts = new long[bars];
        long most = 0;
        for (Reads s : reads) {
            double way = one ? 0 : (objective.of(s.energy()) - low) / (high - low);
            int bar = Math.min(bars - 1, (int) (way * bars));
            counts[bar] += s.count();
            most = Math.max(most, counts[bar]);
        }
        axes(LEFT, whichReads);
        double step = (double) WIDTH / MOST_BARS;
        double left = one ? LEFT + (WIDTH - step) / 2 : LEFT;
        for (int k = 0; k < bars; k++) {
            if (counts[k] > 0) {
                double h = (double) HEIGHT * counts[k] / most;
                line(
                        String.format(
                                Locale.ROOT,
                                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='#4878a8'/>",
                                left + k * step + 1,
                                TOP + HEIGHT - h,
                                step - 2,
                                h));
            }
        }
        if (one) {
            text(LEFT + WIDTH / 2, TOP + HEIGHT + 18, "middle", number(low));
        } else {
            text(LEFT, TOP + HEIGHT + 18, "start", number(low));
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
        double end = Math.max(time.toNanos(), points.getLast().time().toNanos());
        axes(x, whichBest);
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
        if (low < high) {
            text(x - 6, TOP + 10, "end", number(high));
            text(x - 6, TOP + HEIGHT, "end", number(low));
        } else {
            text(x - 6, TOP + HEIGHT / 2 + 4, "end", number(high));
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

    /** What sums of coefficients round to is a whole number, too. */
    private static String number(double value) {
        return Math.abs(value - Math.rint(value)) <= 1e-9 * Math.abs(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value + 0.0)
                : String.format(Locale.ROOT, "%.5g", value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
