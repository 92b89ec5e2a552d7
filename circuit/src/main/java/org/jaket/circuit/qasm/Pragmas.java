package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.MatrixGate;

import java.util.List;

/**
 * The one pragma that means something here: {@code pragma jaket.unitary NAME re im re im ...}
 * defines a gate by its matrix, row by row, so that gates given by matrices survive being written
 * and read. Others are ignored.
 */
final class Pragmas {
    static final String UNITARY = "jaket.unitary";

    private Pragmas() {}

    static void define(Translator translator, Statement.Pragma pragma) {
        List<String> words = List.of(pragma.text().split("\\s+"));
        if (!words.getFirst().equals(UNITARY)) {
            return;
        }
        int entries = (words.size() - 2) / 2;
        int n = (int) Math.round(Math.sqrt(Math.max(0, entries)));
        if (words.size() < 4 || words.size() != 2 + 2 * n * n) {
            throw translator.error(
                    pragma.at(),
                    "this pragma needs a name and the entries of a square matrix",
                    null);
        }
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        try {
            for (int k = 0; k < n * n; k++) {
                re[k] = Double.parseDouble(words.get(2 + 2 * k));
                im[k] = Double.parseDouble(words.get(3 + 2 * k));
            }
            translator.defineGate(
                    pragma.at(),
                    words.get(1),
                    new MatrixGate(words.get(1), ComplexMatrix.of(n, n, re, im)));
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
