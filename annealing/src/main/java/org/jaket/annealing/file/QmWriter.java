package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Variable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes {@link ConstrainedFormat#DIMOD_QM}, version 1.0, with doubles and 32 bit integers. */
final class QmWriter {
    private QmWriter() {}

    static void write(ConstrainedModel model, OutputStream raw) throws IOException {
        if (!model.constraints().isEmpty()) {
            throw new IllegalArgumentException(
                    "a quadratic model of dimod has no constraints, and this one has %d: write %s"
                            .formatted(model.constraints().size(), ConstrainedFormat.DIMOD_CQM));
        }
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        QuadraticFunction f = model.objective();
        DimodOutput out = new DimodOutput(raw);
        out.header(
                DimodFunction.QUADRATIC_MODEL,
                1,
                0,
                """
                {"dtype": "float64", "itype": "int32", "shape": [%d, %d], \
                "type": "QuadraticModel", "variables": %s}
                """
                        .formatted(model.size(), f.quadraticTerms(), !labels.isEmpty()));
        variables(model, out);
        out.begin("OFFS", Integer.BYTES, Double.BYTES);
        out.room(Double.BYTES).putDouble(f.offset());
        out.end();
        out.begin("LINB", Integer.BYTES, 8L * model.size());
        int term = 0;
        for (int k = 0; k < model.size(); k++) {
            boolean has = term < f.linearTerms() && f.variable(term) == k;
            out.room(Double.BYTES).putDouble(has ? f.coefficient(term++) : 0);
        }
        out.end();
        products(f, model.size(), out);
        if (!labels.isEmpty()) {
            out.section("VARS", labels);
        }
    }

    /** The kinds and bounds of all variables. */
    static void variables(ConstrainedModel model, DimodOutput out) throws IOException {
        out.begin("VTYP", Integer.BYTES, 17L * model.size());
        for (int k = 0; k < model.size(); k++) {
            Variable v = model.variable(k);
            byte kind =
                    switch (v.kind()) {
                        case BINARY -> 0;
                        case SPIN -> 1;
                        case INTEGER -> 2;
                        case REAL -> 3;
                    };
            out.room(17).put(kind).putDouble(v.lower()).putDouble(v.upper());
        }
        out.end();
    }

    /**
     * A section for each variable: its products with itself and those before it. Terms are sorted
     * by their first variable, so that those of a second one come in ascending order.
     */
    private static void products(QuadraticFunction f, int size, DimodOutput out)
            throws IOException {
        int[] start = new int[size + 1];
        for (int t = 0; t < f.quadraticTerms(); t++) {
            start[f.second(t) + 1]++;
        }
        for (int k = 0; k < size; k++) {
            start[k + 1] += start[k];
        }
        int[] terms = new int[f.quadraticTerms()];
        int[] next = start.clone();
        for (int t = 0; t < terms.length; t++) {
            terms[next[f.second(t)]++] = t;
        }
        for (int k = 0; k < size; k++) {
            int count = start[k + 1] - start[k];
            out.begin("NEIG", Integer.BYTES, Long.BYTES + 12L * count);
            out.room(Long.BYTES).putLong(count);
            for (int at = start[k]; at < start[k + 1]; at++) {
                ByteBuffer room = out.room(Integer.BYTES + Double.BYTES);
                room.putInt(f.first(terms[at])).putDouble(f.weight(terms[at]));
            }
            out.end();
        }
    }
}
