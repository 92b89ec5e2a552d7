package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.diagram.Timeline.Mark;
import org.jaket.stabilizer.diagram.Timeline.Shape;

/** Draws operations at given places: what the pictures of circuits have in common. */
final class Glyphs {
    private static final double BOX = 30;
    private static final String EDGE = "stroke=\"" + Colors.INK + "\"";

    /** Where a qubit is. */
    interface Places {
        double x(int qubit);

        double y(int qubit);
    }

    private final Svg svg;
    private final boolean hasNotes;

    /**
     * Draws into a picture.
     *
     * @param hasNotes whether small texts below the boxes give arguments and results
     */
    Glyphs(Svg svg, boolean hasNotes) {
        this.svg = svg;
        this.hasNotes = hasNotes;
    }

    /** Draws one application; {@code detail} says which results and detectors it is about. */
    void draw(Mark mark, String detail, Places at) {
        String arguments =
                mark.arguments().isEmpty()
                        ? ""
                        : "(" + ShortNumber.join(mark.arguments(), ",") + ")";
        svg.begin(
                mark.name()
                        + arguments
                        + " "
                        + mark.targets()
                        + (detail.isEmpty() ? "" : " " + detail));
        String note =
                switch (mark.shape()) {
                    case COORDINATES -> arguments;
                    case DETECTOR, OBSERVABLE -> detail.substring(detail.indexOf('=') + 1);
                    default -> detail.isEmpty() ? arguments : detail;
                };
        Targets targets = mark.targets();
        switch (mark.shape()) {
            case ONE -> box(at, targets.value(0), label(mark.name()), mark.name(), note);
            case COORDINATES -> box(at, targets.value(0), "at", mark.name(), note);
            case DETECTOR ->
                    box(
                            at,
                            mark.anchor(),
                            detail.substring(0, detail.indexOf('=')),
                            mark.name(),
                            note);
            case OBSERVABLE -> observable(mark, detail, note, at);
            case PAIR -> pair(mark, note, at);
            case PRODUCT, ERROR -> {
                for (int k = 1; k < targets.size(); k++) {
                    link(at, targets.value(k - 1), targets.value(k), mark.shape() == Shape.ERROR);
                }
                int lowest = lowest(targets, at);
                for (int k = 0; k < targets.size(); k++) {
                    int qubit = targets.value(k);
                    String letter = Target.pauli(targets.get(k)).toString();
                    String below = qubit == lowest ? note : "";
                    box(at, qubit, label(mark.name()) + letter, mark.name(), below);
                }
            }
        }
        svg.end();
    }

    private void observable(Mark mark, String detail, String note, Places at) {
        String name = detail.substring(0, detail.indexOf('='));
        boolean hasLetters = false;
        for (int k = 0; k < mark.targets().size(); k++) {
            int t = mark.targets().get(k);
            if (Target.isPauli(t)) {
                hasLetters = true;
                box(at, Target.value(t), name + Target.pauli(t), mark.name(), note);
            }
        }
        if (!hasLetters) {
            box(at, mark.anchor(), name, mark.name(), note);
        }
    }

    private void pair(Mark mark, String note, Places at) {
        int a = mark.targets().get(0);
        int b = mark.targets().get(1);
        PairEnds ends = PairEnds.of(mark.name());
        if (Target.isClassical(a) && Target.isClassical(b)) {
            return;
        }
        if (Target.isClassical(a)) {
            box(at, Target.value(b), ends.second(), ends.second(), note);
        } else if (Target.isClassical(b)) {
            box(at, Target.value(a), ends.first(), ends.first(), note);
        } else {
            link(at, Target.value(a), Target.value(b), Colors.isNoise(mark.name()));
            int lowest = lowest(mark.targets(), at);
            String first = Target.value(a) == lowest ? note : "";
            String second = Target.value(b) == lowest ? note : "";
            end(at, Target.value(a), ends.first(), mark.name(), first);
            end(at, Target.value(b), ends.second(), mark.name(), second);
        }
    }

    /** The qubit whose box has the note: below all others, so that no line crosses it. */
    private static int lowest(Targets targets, Places at) {
        int lowest = targets.value(0);
        for (int k = 1; k < targets.size(); k++) {
            int qubit = targets.value(k);
            if (at.y(qubit) > at.y(lowest)) {
                lowest = qubit;
            }
        }
        return lowest;
    }

    private void link(Places at, int a, int b, boolean isNoise) {
        if (isNoise && !hasNotes) {
            return;
        }
        svg.line(
                at.x(a),
                at.y(a),
                at.x(b),
                at.y(b),
                "stroke=\"" + (isNoise ? Colors.NOISE : Colors.INK) + "\" stroke-width=\"3\"");
    }

    private void end(Places at, int qubit, String end, String name, String note) {
        double x = at.x(qubit);
        double y = at.y(qubit);
        switch (end) {
            case "Z" -> svg.circle(x, y, 8, "fill=\"" + Colors.INK + "\"");
            case "X", "Y" -> {
                svg.circle(x, y, 11, "fill=\"" + Colors.PAPER + "\" stroke-width=\"2\" " + EDGE);
                if (end.equals("X")) {
                    svg.line(x - 11, y, x + 11, y, "stroke-width=\"2\" " + EDGE);
                    svg.line(x, y - 11, x, y + 11, "stroke-width=\"2\" " + EDGE);
                } else {
                    svg.text(x, y, 15, Colors.INK, "Y");
                }
            }
            case "SWAP", "ZSWAP", "XSWAP" -> {
                boolean isWhite = end.equals("XSWAP");
                if (!end.equals("SWAP")) {
                    String fill = isWhite ? Colors.PAPER : Colors.INK;
                    svg.circle(x, y, 11, "fill=\"" + fill + "\" stroke-width=\"2\" " + EDGE);
                }
                String cross = end.equals("ZSWAP") ? "stroke=\"" + Colors.PAPER + "\"" : EDGE;
                svg.line(x - 7, y - 7, x + 7, y + 7, "stroke-width=\"3\" " + cross);
                svg.line(x - 7, y + 7, x + 7, y - 7, "stroke-width=\"3\" " + cross);
            }
            default -> {
                box(at, qubit, label(name), name, note);
                return;
            }
        }
        note(x, y, note);
    }

    /** Without notes a picture is a moment, where noise and detectors must not hide the gates. */
    private boolean isBadge(String name) {
        return !hasNotes
                && (Colors.isNoise(name) || Colors.ofOperation(name).equals(Colors.CLASSICAL));
    }

    private void badge(double x, double y, String label, String name) {
        double side = Colors.isNoise(name) ? 15 : -15;
        double width = Math.max(14, 5 + 4.6 * label.length());
        svg.box(
                x + side,
                y - side,
                width,
                12,
                "rx=\"3\" fill=\"" + Colors.ofOperation(name) + "\" stroke-width=\"0.5\" " + EDGE);
        svg.text(x + side, y - side, 7.5, Colors.INK, label);
    }

    private void box(Places at, int qubit, String label, String name, String note) {
        if (isBadge(name)) {
            badge(at.x(qubit), at.y(qubit), label, name);
            return;
        }
        double x = at.x(qubit);
        double y = at.y(qubit);
        String fill = Colors.ofOperation(name);
        double width =
                Math.max(BOX, Math.min(54, 11 + 8.5 * label.codePointCount(0, label.length())));
        svg.box(x, y, width, BOX, "rx=\"4\" fill=\"" + fill + "\" " + EDGE);
        int letters = Math.max(1, label.codePointCount(0, label.length()));
        double size = Math.min(19, (width - 4) / (0.62 * letters));
        svg.text(x, y, size, fill.equals(Colors.INK) ? Colors.PAPER : Colors.INK, label);
        note(x, y, note);
    }

    private void note(double x, double y, String note) {
        if (hasNotes && !note.isEmpty()) {
            String shown = note.length() <= 24 ? note : note.substring(0, 21) + "...";
            svg.text(x, y + BOX / 2 + 6, Math.min(8, 90.0 / shown.length()), Colors.INK, shown);
        }
    }

    /** A short form of an operation's name. */
    static String label(String name) {
        return switch (name) {
            case "DEPOLARIZE1" -> "DEP1";
            case "DEPOLARIZE2" -> "DEP2";
            case "PAULI_CHANNEL_1" -> "PC1";
            case "PAULI_CHANNEL_2" -> "PC2";
            case "HERALDED_ERASE" -> "HERASE";
            case "HERALDED_PAULI_CHANNEL_1" -> "HPC1";
            case "ELSE_CORRELATED_ERROR" -> "ELSE ";
            case "E" -> "E ";
            case "MPP" -> "M";
            case "SPP" -> "\u221a";
            case "SPP_DAG" -> "\u221a\u2020";
            case "X_ERROR", "Y_ERROR", "Z_ERROR", "I_ERROR" -> "ERR" + name.charAt(0);
            default -> name.replace("SQRT_", "\u221a").replace("_DAG", "\u2020").replace("_", "");
        };
    }
}
