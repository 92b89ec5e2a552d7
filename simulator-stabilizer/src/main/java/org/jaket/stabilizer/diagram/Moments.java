package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.diagram.TextCanvas.Align;
import org.jaket.stabilizer.diagram.TextCanvas.Place;

import java.util.BitSet;

/** The columns of a text diagram: what crosses on its way between qubits gets another column. */
final class Moments {
    private final TextCanvas canvas;
    private final int spacing;
    private final BitSet used;
    private int now;
    private boolean isUsed;

    Moments(TextCanvas canvas, int qubits, int spacing) {
        this.canvas = canvas;
        this.spacing = spacing;
        this.used = new BitSet(qubits);
    }

    int now() {
        return now;
    }

    boolean isUsed() {
        return isUsed;
    }

    void next() {
        now++;
        isUsed = false;
        used.clear();
    }

    int columnOf(int moment) {
        return moment * (1 + spacing) + 2;
    }

    int column() {
        return columnOf(now);
    }

    static int row(int qubit) {
        return 2 * qubit + 1;
    }

    /** Finds a moment with room for the qubits and all between them, and joins them by a line. */
    void reserve(Targets targets) {
        int min = Integer.MAX_VALUE;
        int max = -1;
        for (int k = 0; k < targets.size(); k++) {
            if (Target.touchesQubit(targets.get(k))) {
                min = Math.min(min, targets.value(k));
                max = Math.max(max, targets.value(k));
            }
        }
        if (max < 0) {
            return;
        }
        int next = used.nextSetBit(min);
        if (next >= 0 && next <= max) {
            next();
        }
        used.set(min, max + 1);
        isUsed = true;
        if (min < max) {
            canvas.line(
                    new Place(column(), Align.START, row(min), Align.MIDDLE),
                    new Place(column(), Align.START, row(max), Align.MIDDLE));
        }
    }

    void box(int column, int qubit, String text) {
        canvas.label(new Place(column, Align.START, row(qubit), Align.MIDDLE), text);
    }

    /** Draws the line of a qubit behind everything, up to a column. */
    void wire(int qubit, String name, int lastColumn, Align across) {
        Place start = new Place(0, Align.END, row(qubit), Align.MIDDLE);
        canvas.backgroundLine(start, new Place(lastColumn, across, row(qubit), Align.MIDDLE));
        canvas.label(start, name);
    }
}
