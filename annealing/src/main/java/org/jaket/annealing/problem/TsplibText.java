package org.jaket.annealing.problem;

import org.jaket.annealing.file.TextScanner;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Distances of TSPLIB (G. Reinelt, TSPLIB 95): lines {@code KEYWORD : value}, then sections of
 * numbers.
 */
final class TsplibText {
    private static final int MAX_CITIES = 3000;

    /** The values that TSPLIB prescribes: its optima hold for these. */
    private static final double PI = 3.141592;

    private static final double EARTH_RADIUS = 6378.388;

    private final InstanceText text;
    private final TextScanner scanner;
    private final Map<String, String> specification = new HashMap<>();
    private int n = -1;
    private double[][] coordinates = {};
    private double[][] matrix = {};

    TsplibText(InputStream in, String source) {
        text = new InstanceText(in, source);
        scanner = text.scanner();
    }

    double[][] distances() throws IOException {
        while (scanner.nextRow((char) 0, null)) {
            String word = scanner.word("a keyword");
            int colon = word.indexOf(':');
            String key = (colon < 0 ? word : word.substring(0, colon)).toUpperCase(Locale.ROOT);
            if (key.equals("EOF")) {
                break;
            } else if (key.endsWith("_SECTION")) {
                section(key);
            } else {
                String rest = scanner.rest();
                String value = colon < 0 ? rest : word.substring(colon + 1) + " " + rest;
                specify(key, (value.startsWith(":") ? value.substring(1) : value).strip());
            }
        }
        String kind = value("EDGE_WEIGHT_TYPE");
        if (kind.equals("EXPLICIT")) {
            require(matrix.length > 0, "EDGE_WEIGHT_SECTION");
            return matrix;
        }
        require(coordinates.length > 0, "NODE_COORD_SECTION");
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distance[i][j] = i == j ? 0 : distance(kind, coordinates[i], coordinates[j]);
            }
        }
        return distance;
    }

    private void specify(String key, String value) {
        specification.put(key, value);
        if (key.equals("DIMENSION")) {
            if (!value.matches("\\d{1,9}")
                    || Integer.parseInt(value) < 1
                    || Integer.parseInt(value) > MAX_CITIES) {
                throw scanner.error(
                        "DIMENSION should be an integer from 1 to %d".formatted(MAX_CITIES));
            }
            n = Integer.parseInt(value);
        } else if (key.equals("TYPE") && !value.matches("A?TSP\\b.*")) {
            throw scanner.error("TYPE should be TSP or ATSP");
        } else if (key.equals("EDGE_WEIGHT_TYPE") && !value.equals("EXPLICIT")) {
            distance(value, new double[2], new double[2]);
        }
    }

    private String value(String key) {
        String value = specification.get(key);
        require(value != null, key);
        return String.valueOf(value);
    }

    private void require(boolean there, String what) {
        if (!there) {
            throw scanner.error(what + " is missing");
        }
    }

    private void section(String key) throws IOException {
        require(n > 0, "DIMENSION before " + key);
        switch (key) {
            case "NODE_COORD_SECTION" -> {
                coordinates = new double[n][];
                coordinates(coordinates);
            }
            case "EDGE_WEIGHT_SECTION" -> {
                matrix = new double[n][n];
                weights(value("EDGE_WEIGHT_FORMAT"));
            }
            // Only for drawing, and of the same shape.
            case "DISPLAY_DATA_SECTION" -> coordinates(new double[n][]);
            default -> throw scanner.error(key + " is not known for TSP and ATSP");
        }
    }

    private void coordinates(double[][] of) throws IOException {
        for (int k = 0; k < n; k++) {
            int city = text.integer("a city", 1, n) - 1;
            if (of[city] != null) {
                throw text.error("city %d is there twice".formatted(city + 1));
            }
            of[city] = new double[] {text.number("a coordinate"), text.number("a coordinate")};
        }
    }

    private void weights(String format) throws IOException {
        // Columns of the upper triangle are rows of the lower one, and the other way round.
        switch (format) {
            case "FULL_MATRIX" -> {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        matrix[i][j] = weight();
                    }
                }
            }
            case "UPPER_ROW", "LOWER_COL" -> triangle(true, false);
            case "UPPER_DIAG_ROW", "LOWER_DIAG_COL" -> triangle(true, true);
            case "LOWER_ROW", "UPPER_COL" -> triangle(false, false);
            case "LOWER_DIAG_ROW", "UPPER_DIAG_COL" -> triangle(false, true);
            default -> throw scanner.error("EDGE_WEIGHT_FORMAT " + format + " is not known");
        }
    }

    private void triangle(boolean upper, boolean diagonal) throws IOException {
        for (int i = 0; i < n; i++) {
            int from = upper ? i : 0;
            int to = upper ? n - 1 : i;
            for (int j = from; j <= to; j++) {
                if (j != i || diagonal) {
                    matrix[i][j] = weight();
                    matrix[j][i] = matrix[i][j];
                }
            }
        }
    }

    private double weight() throws IOException {
        double weight = text.number("a distance");
        if (weight < 0) {
            throw text.error("a distance cannot be negative");
        }
        return weight;
    }

    private double distance(String kind, double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        return switch (kind) {
            case "EUC_2D" -> nearest(Math.sqrt(x * x + y * y));
            case "CEIL_2D" -> Math.ceil(Math.sqrt(x * x + y * y));
            case "MAN_2D" -> nearest(Math.abs(x) + Math.abs(y));
            case "MAX_2D" -> Math.max(nearest(Math.abs(x)), nearest(Math.abs(y)));
            case "ATT" -> {
                double r = Math.sqrt((x * x + y * y) / 10);
                double t = nearest(r);
                yield t < r ? t + 1 : t;
            }
            case "GEO" -> {
                double q1 = Math.cos(radians(a[1]) - radians(b[1]));
                double q2 = Math.cos(radians(a[0]) - radians(b[0]));
                double q3 = Math.cos(radians(a[0]) + radians(b[0]));
                double angle = Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3));
                yield Math.floor(EARTH_RADIUS * angle + 1);
            }
            default -> throw scanner.error("EDGE_WEIGHT_TYPE " + kind + " is not known");
        };
    }

    private static double nearest(double value) {
        return Math.floor(value + 0.5);
    }

    /** Coordinates are degrees and, behind the point, minutes. */
    private static double radians(double coordinate) {
        double degrees = (long) coordinate;
        return PI * (degrees + 5 * (coordinate - degrees) / 3) / 180;
    }
}
