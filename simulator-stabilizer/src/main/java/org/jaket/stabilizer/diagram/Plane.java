package org.jaket.stabilizer.diagram;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts points with any number of coordinates into the plane, neighbours a fixed distance apart. */
final class Plane {
    /** Pixels between the nearest points. */
    static final double PITCH = 64;

    private static final double MARGIN = 40;
    private static final double MAX_SIZE = 1e6;

    private record Point(double x, double y) {}

    private final Map<Long, Point> points = new HashMap<>();
    private double width = 2 * MARGIN;
    private double height = 2 * MARGIN;

    /**
     * Places points.
     *
     * @param coordinates their coordinates; those without any are put in a row by their numbers
     */
    Plane(Set<Long> which, Map<Long, List<Double>> coordinates) {
        which.forEach(k -> points.put(k, flat(k, coordinates.getOrDefault(k, List.of()))));
        if (points.isEmpty()) {
            return;
        }
        double distance = nearest(points.values().stream().toList());
        double left = points.values().stream().mapToDouble(Point::x).min().orElse(0);
        double top = points.values().stream().mapToDouble(Point::y).min().orElse(0);
        double right = points.values().stream().mapToDouble(Point::x).max().orElse(0);
        double bottom = points.values().stream().mapToDouble(Point::y).max().orElse(0);
        double scale =
                Math.min(
                        PITCH / distance,
                        MAX_SIZE / Math.max(1, Math.max(right - left, bottom - top)));
        points.replaceAll(
                (k, p) -> new Point((p.x - left) * scale + MARGIN, (p.y - top) * scale + MARGIN));
        width += (right - left) * scale;
        height += (bottom - top) * scale;
    }

    /** The first two coordinates; others shift the point a little, more the earlier they are. */
    private static Point flat(long which, List<Double> coordinates) {
        if (coordinates.isEmpty()) {
            return new Point(which, 0);
        }
        double x = coordinates.get(0);
        double y = coordinates.size() > 1 ? coordinates.get(1) : 0;
        for (int k = 2; k < coordinates.size(); k++) {
            x += coordinates.get(k) / k;
            y += coordinates.get(k) / (k * (double) k);
        }
        return new Point(x, y);
    }

    /** The smallest distance that is not zero; 1 if there is none. */
    private static double nearest(List<Point> all) {
        List<Point> sorted = all.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                double dx = sorted.get(j).x - sorted.get(i).x;
                if (dx >= best) {
                    break;
                }
                double distance = Math.hypot(dx, sorted.get(j).y - sorted.get(i).y);
                if (distance > 1e-6 && distance < best) {
                    best = distance;
                }
            }
        }
        return Double.isInfinite(best) ? 1 : best;
    }

    boolean has(long which) {
        return points.containsKey(which);
    }

    double x(long which) {
        Point p = points.get(which);
        return p == null ? MARGIN : p.x;
    }

    double y(long which) {
        Point p = points.get(which);
        return p == null ? MARGIN : p.y;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
