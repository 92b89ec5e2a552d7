package org.jaket.stabilizer.diagram;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes an SVG picture, element by element. */
final class Svg {
    /** The largest picture, in characters. */
    static final int MAX_LENGTH = 1 << 28;

    private final StringBuilder body = new StringBuilder();

    /** A number with at most two digits behind the point. */
    static String number(double value) {
        String text =
                BigDecimal.valueOf(value)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString();
        return text.equals("-0") ? "0" : text;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private Svg tag(String name, String attributes) {
        if (body.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The picture would have more than %d characters. Maybe draw a range of ticks?"
                            .formatted(MAX_LENGTH));
        }
        body.append('<').append(name).append(' ').append(attributes).append("/>\n");
        return this;
    }

    private static String attribute(String name, double value) {
        return name + "=\"" + number(value) + "\" ";
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return tag(
                "line",
                attribute("x1", x1)
                        + attribute("y1", y1)
                        + attribute("x2", x2)
                        + attribute("y2", y2)
                        + style);
    }

    /** A rectangle around a centre. */
    Svg box(double x, double y, double width, double height, String style) {
        return tag(
                "rect",
                attribute("x", x - width / 2)
                        + attribute("y", y - height / 2)
                        + attribute("width", width)
                        + attribute("height", height)
                        + style);
    }

    Svg circle(double x, double y, double radius, String style) {
        return tag(
                "circle", attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + style);
    }

    /** A closed polygon, or with {@code d} commands any path. */
    Svg path(String commands, String style) {
        return tag("path", "d=\"" + commands + "\" " + style);
    }

    /** A text around a centre. */
    Svg text(double x, double y, double size, String color, String text) {
        body.append("<text ")
                .append(attribute("x", x))
                .append(attribute("y", y + 0.35 * size))
                .append(attribute("font-size", size))
                .append("fill=\"")
                .append(color)
                .append("\" text-anchor=\"middle\">")
                .append(escaped(text))
                .append("</text>\n");
        return this;
    }

    /** Starts a group with a text that browsers show under the pointer. */
    Svg begin(String title) {
        body.append("<g><title>").append(escaped(title)).append("</title>\n");
        return this;
    }

    Svg end() {
        body.append("</g>\n");
        return this;
    }

    /** The whole picture. */
    String document(double width, double height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
                + number(width)
                + " "
                + number(height)
                + "\" font-family=\"monospace\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + body
                + "</svg>";
    }
}
