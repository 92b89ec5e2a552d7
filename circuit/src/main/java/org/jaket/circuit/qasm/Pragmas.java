package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.MatrixGate;

import java.util.List;

/**
 * The one pragma that means something here: {@code pragma jaket.unitary NAME LABEL re im re im ...}
 * defines a gate by its matrix, row by row, so that gates given by matrices survive being written
 * and read. NAME is what the text calls it, LABEL what the circuit does. Others are ignored.
 */
final class Pragmas {
    static final String UNITARY = "jaket.unitary";

    private Pragmas() {}

    /** The pragma that defines a gate. */
    static String unitary(String name, MatrixGate gate) {
        var text = new StringBuilder("pragma ").append(UNITARY).append(' ').append(name);
        text.append(' ').append(Escapes.word(gate.label()));
        ComplexMatrix m = gate.unitary();
        for (int row = 0; row < m.rows(); row++) {
            for (int column = 0; column < m.columns(); column++) {
                text.append(' ').append(m.re(row, column)).append(' ').append(m.im(row, column));
            }
        }
        return text.toString();
    }

    static void define(Translator translator, Statement.Pragma pragma) {
        List<String> words = List.of(pragma.text().split("\\s+"));
        if (!words.getFirst().equals(UNITARY)) {
            return;
        }
        int entries = (words.size() - 3) / 2;
        int n = (int) Math.round(Math.sqrt(Math.max(0, entries)));
        if (n < 1 || words.size() != 3 + 2 * n * n) {
            throw translator.error(
                    pragma.at(),
                    "this pragma needs a name, a label and the entries of a square matrix",
                    null);
        }
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        try {
            for (int k = 0; k < n * n; k++) {
                re[k] = Double.parseDouble(words.get(3 + 2 * k));
                im[k] = Double.parseDouble(words.get(4 + 2 * k));
            }
            translator.gateStatements.defineGate(
                    pragma.at(),
                    words.get(1),
                    new MatrixGate(Escapes.text(words.get(2)), ComplexMatrix.of(n, n, re, im)));
        } catch (NumberFormatException e) {
            throw translator.error(
                    pragma.at(), "this pragma has an entry that is not a number", null);
        } catch (ParseException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw translator.error(pragma.at(), String.valueOf(e.getMessage()), null);
        }
    }
}
