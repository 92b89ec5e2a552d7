package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

/** {@link ModelFormat#MINIZINC}, to be written. */
final class MiniZincText {
    private MiniZincText() {}

    static void write(ModelDocument document, TextOutput out) {
        BinaryQuadraticModel model = document.model();
        int[] label = TextOutput.integers(model);
        if (!document.description().isEmpty()) {
            out.text("% description : ");
            out.text(document.description().replaceAll("\\p{Cntrl}", " ")).text("\n\n");
        }
        String domain = model.vartype() == Vartype.SPIN ? "{-1,1}" : "{0,1}";
        out.text("set of int: Domain = ").text(domain).text(";\n\n");
        for (int k : label) {
            out.text("var Domain: x").integer(k).text(";\n");
        }
        out.text("\nfloat: scale = 1.0;\nfloat: offset = ").number(model.offset());
        out.text(";\n\nvar float: objective = ");
        Sum sum = new Sum(out);
        for (int k = 0; k < label.length; k++) {
            if (model.linear(k) != 0) {
                sum.term(model.linear(k)).text("*x").integer(label[k]);
            }
        }
        model.forEachInteraction(
                (i, j, w) -> sum.term(w).text("*x").integer(label[i]).text("*x").integer(label[j]));
        sum.end();
        out.text(";\n\nsolve minimize scale * (objective + offset);\n");
    }

    private static final class Sum {
        private final TextOutput out;
        private int terms;

        Sum(TextOutput out) {
            this.out = out;
        }

        TextOutput term(double factor) {
            out.text(terms == 0 ? "" : terms % 8 == 0 ? "\n  + " : " + ");
            terms++;
            return out.number(factor);
        }

        void end() {
            out.text(terms == 0 ? "0" : "");
        }
    }
}
