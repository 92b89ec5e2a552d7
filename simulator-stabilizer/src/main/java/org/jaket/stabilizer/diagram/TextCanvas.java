package org.jaket.stabilizer.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A grid of cells with labels, whose columns become as wide as their widest label, and lines behind
 * the labels.
 */
final class TextCanvas {
    /** The largest picture, in characters. */
    static final long MAX_CHARACTERS = 1L << 28;

    /** Where in a column something is. */
    enum Align {
        START,
        MIDDLE,
        /** One past the last character. */
        END
    }

    /** A place: a cell, and where in it. */
    record Place(int column, Align across, int row, Align down) {}

    private record Label(Place place, String text) {}

    private record Line(Place from, Place to) {}

    private final Map<Long, Label> labels = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Line> background = new ArrayList<>();

    /** Puts a label into a cell, unless there is one. */
    void label(Place place, String text) {
        labels.putIfAbsent((long) place.row << 32 | place.column, new Label(place, text));
    }

    void line(Place from, Place to) {
        lines.add(new Line(from, to));
    }

    /** A line behind all others. */
    void backgroundLine(Place from, Place to) {
        background.add(new Line(from, to));
    }

    /**
     * The picture, without common indentation and trailing blanks.
     *
     * @throws IllegalArgumentException if it is larger than {@link #MAX_CHARACTERS}
     */
    String render() {
        int columns = 0;
        int rows = 0;
        for (Label label : labels.values()) {
            columns = Math.max(columns, label.place.column + 1);
            rows = Math.max(rows, label.place.row + 1);
        }
        for (List<Line> some : List.of(background, lines)) {
            for (Line line : some) {
                columns = Math.max(columns, Math.max(line.from.column, line.to.column) + 1);
                rows = Math.max(rows, Math.max(line.from.row, line.to.row) + 1);
            }
        }
        int[] starts = starts(columns);
        if ((long) rows * starts[columns] > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "The diagram would be %d characters wide and %d lines high; at most %d characters are drawn. Maybe draw a picture of some ticks?"
                            .formatted(starts[columns], rows, MAX_CHARACTERS));
        }
        byte[][] picture = new byte[rows][starts[columns]];
        for (byte[] row : picture) {
            Arrays.fill(row, (byte) ' ');
        }
        background.forEach(line -> draw(line, starts, picture));
        lines.forEach(line -> draw(line, starts, picture));
        for (Label label : labels.values()) {
            int width = starts[label.place.column + 1] - starts[label.place.column];
            int free = width - label.text.length();
            int x =
                    starts[label.place.column]
                            + switch (label.place.across) {
                                case START -> 0;
                                case MIDDLE -> free / 2;
                                case END -> free;
                            };
            for (int k = 0; k < label.text.length(); k++) {
                picture[label.place.row][x + k] = (byte) label.text.charAt(k);
            }
        }
        return stripped(picture);
    }

    /** Where the columns start. */
    private int[] starts(int columns) {
        int[] widths = new int[columns];
        Arrays.fill(widths, 1);
        for (Label label : labels.values()) {
            int column = label.place.column;
            widths[column] = Math.max(widths[column], label.text.length());
        }
        int[] starts = new int[columns + 1];
        for (int k = 0; k < columns; k++) {
            starts[k + 1] = Math.addExact(starts[k], widths[k]);
        }
        return starts;
    }

    private static int x(Place place, int[] starts) {
        int from = starts[place.column];
        int to = starts[place.column + 1];
        return switch (place.across) {
            case START -> from;
            case MIDDLE -> from + (to - from - 1) / 2;
            case END -> to;
        };
    }

    private static int y(Place place) {
        return place.row + (place.down == Align.END ? 1 : 0);
    }

    /** Draws along the upper row, then down the right column. */
    private static void draw(Line line, int[] starts, byte[][] picture) {
        int x1 = Math.min(x(line.from, starts), x(line.to, starts));
        int x2 = Math.max(x(line.from, starts), x(line.to, starts));
        int y1 = Math.min(y(line.from), y(line.to));
        int y2 = Math.max(y(line.from), y(line.to));
        for (int x = x1; x < x2; x++) {
            picture[y1][x] = '-';
        }
        for (int y = y1; y < y2; y++) {
            picture[y][x2] = (byte) (y == y1 && x1 != x2 ? '.' : '|');
        }
    }

    private static String stripped(byte[][] picture) {
        int[] ends = new int[picture.length];
        int first = picture.length;
        int last = -1;
        int indentation = Integer.MAX_VALUE;
        for (int row = 0; row < picture.length; row++) {
            int end = picture[row].length;
            while (end > 0 && picture[row][end - 1] == ' ') {
                end--;
            }
            ends[row] = end;
            if (end > 0) {
                first = Math.min(first, row);
                last = row;
            }
        }
        for (int row = first; row <= last; row++) {
            int k = 0;
            while (k < ends[row] && picture[row][k] == ' ') {
                k++;
            }
            indentation = Math.min(indentation, k);
        }
        var text = new StringBuilder();
        for (int row = first; row <= last; row++) {
            if (row > first) {
                text.append('\n');
            }
            for (int k = indentation; k < ends[row]; k++) {
                text.append((char) picture[row][k]);
            }
        }
        return text.toString();
    }
}
