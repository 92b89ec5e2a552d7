package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes {@link ConstrainedFormat#LP}. */
final class LpWriter {
    /** Lines are broken when they have so many characters; CPLEX reads 560. */
    private static final int WIDTH = 80;

    private final ConstrainedModel model;
    private final TextOutput out;
    private final String[] variables;
    private final String[] constraints;

    /** How many characters the line has. */
    private int width;

    private LpWriter(ConstrainedModel model, TextOutput out) {
        this.model = model;
        this.out = out;
        this.variables = names(model.variables(), "x");
        this.constraints = names(model.constraints().stream().map(Constraint::label).toList(), "c");
    }

    static void write(ConstrainedDocument document, OutputStream out) {
        TextOutput text = new TextOutput(out);
        ConstrainedModel model = document.model();
        check(model);
        LpWriter writer = new LpWriter(model, text);
        String comments = writer.comments();
        text.text(comments);
        writer.objective(document.objective().isMaximum());
        writer.constraints();
        writer.bounds();
        writer.list("Binary", VariableKind.BINARY);
        writer.list("General", VariableKind.INTEGER);
        text.text("End\n").flush();
    }

    private static void check(ConstrainedModel model) {
        for (int k = 0; k < model.size(); k++) {
            if (model.variable(k).kind() == VariableKind.SPIN) {
                throw new IllegalArgumentException(
                        "%s is a spin, which an LP file cannot have: replace it by 2 x - 1 with a binary x, or write %s"
                                .formatted(model.variable(k), ConstrainedFormat.DIMOD_CQM));
            }
        }
        for (Constraint constraint : model.constraints()) {
            if (!constraint.isHard()) {
                throw new IllegalArgumentException(
                        "constraint %s is soft, which an LP file cannot say: write %s"
                                .formatted(constraint.label(), ConstrainedFormat.DIMOD_CQM));
            }
        }
    }

    /** Labels where they are names, and otherwise names that are no label. */
    private static String[] names(List<?> labels, String prefix) {
        Set<Object> taken = new HashSet<>(labels);
        String[] names = new String[labels.size()];
        for (int k = 0; k < names.length; k++) {
            if (labels.get(k) instanceof String label && LpTokens.isName(label)) {
                names[k] = label;
            } else {
                String name = prefix + k;
                while (!taken.add(name)) {
                    name += "_";
                }
                names[k] = name;
            }
        }
        return names;
    }

    /** What the format has no place for. */
    private String comments() {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < variables.length; k++) {
            comment(text, LpComments.VARIABLE, variables[k], model.variables().get(k));
        }
        for (int k = 0; k < constraints.length; k++) {
            Constraint constraint = model.constraints().get(k);
            comment(text, LpComments.CONSTRAINT, constraints[k], constraint.label());
            if (constraint.oneHot()) {
                text.append("\\ ").append(LpComments.ONE_HOT).append(constraints[k]).append('\n');
            }
        }
        return text.toString();
    }

    private static void comment(StringBuilder text, String what, String name, Object label) {
        if (!name.equals(label)) {
            String json = Json.labels(List.of(label));
            if (json.length() > LpTokens.MAX_COMMENT / 2) {
                throw new IllegalArgumentException(
                        "the label %s cannot be written: it is too long"
                                .formatted(ModelFileException.shown(json)));
            }
            text.append("\\ ").append(what).append(name).append(" = ");
            text.append(json, 1, json.length() - 1).append('\n');
        }
    }

    // ---- sections -------------------------------------------------------------------------

    private void objective(boolean maximum) {
        QuadraticFunction f = maximum ? model.objective().times(-1) : model.objective();
        out.text(maximum ? "Maximize\n obj:" : "Minimize\n obj:");
        width = 5;
        // All variables, so that readers number them as they are here.
        int term = 0;
        for (int k = 0; k < model.size(); k++) {
            boolean has = term < f.linearTerms() && f.variable(term) == k;
            term(has ? f.coefficient(term++) : 0, variables[k]);
        }
        products(f, 2);
        if (f.offset() != 0 || model.size() == 0) {
            term(f.offset(), "");
        }
        out.text("\n\n");
    }

    private void constraints() {
        out.text("Subject To\n");
        for (int k = 0; k < constraints.length; k++) {
            Constraint constraint = model.constraints().get(k);
            QuadraticFunction f = constraint.left();
            out.text(" ").text(constraints[k]).text(":");
            width = constraints[k].length() + 2;
            for (int t = 0; t < f.linearTerms(); t++) {
                term(f.coefficient(t), variables[f.variable(t)]);
            }
            products(f, 1);
            if (f.linearTerms() + f.quadraticTerms() == 0) {
                term(0, model.size() == 0 ? "" : variables[0]);
            }
            double right = constraint.right() - f.offset();
            if (!Double.isFinite(right)) {
                throw new IllegalArgumentException(
                        "the constant of constraint %s cannot be brought to its right side"
                                .formatted(constraint.label()));
            }
            out.text(" ").text(constraint.sense().toString()).text(" ").weight(right).text("\n");
        }
        out.text("\n");
    }

    private void products(QuadraticFunction f, int factor) {
        if (f.isLinear()) {
            return;
        }
        out.text(" + [");
        width += 4;
        f.forEachProduct(
                (i, j, weight) -> {
                    if (!Double.isFinite(factor * weight)) {
                        throw new IllegalArgumentException(
                                "the coefficient %s of %s and %s is too large for an LP file"
                                        .formatted(weight, variables[i], variables[j]));
                    }
                    term(
                            factor * weight,
                            i == j ? variables[i] + " ^ 2" : variables[i] + " * " + variables[j]);
                });
        out.text(factor == 2 ? " ] / 2" : " ]");
    }

    private void term(double coefficient, String what) {
        boolean minus = coefficient < 0;
        if (width > WIDTH) {
            out.text("\n ");
            width = 1;
        }
        out.text(minus ? " - " : " + ").weight(Math.abs(coefficient));
        out.text(what.isEmpty() ? "" : " ").text(what);
        width += what.length() + 8;
    }

    private void bounds() {
        out.text("Bounds\n");
        for (int k = 0; k < variables.length; k++) {
            Variable v = model.variable(k);
            boolean low = v.lower() != Double.NEGATIVE_INFINITY;
            boolean high = v.upper() != Double.POSITIVE_INFINITY;
            if (v.kind() == VariableKind.BINARY || v.lower() == 0 && !high) {
                continue;
            }
            out.text(" ");
            if (!low && !high) {
                out.text(variables[k]).text(" free\n");
            } else if (v.lower() == v.upper()) {
                out.text(variables[k]).text(" = ").weight(v.lower()).text("\n");
            } else {
                (low ? out.weight(v.lower()) : out.text("-inf")).text(" <= ");
                out.text(variables[k]).text(" <= ");
                (high ? out.weight(v.upper()) : out.text("+inf")).text("\n");
            }
        }
        out.text("\n");
    }

    private void list(String heading, VariableKind kind) {
        out.text(heading).text("\n");
        for (int k = 0; k < variables.length; k++) {
            if (model.variable(k).kind() == kind) {
                out.text(" ").text(variables[k]).text("\n");
            }
        }
        out.text("\n");
    }
}
