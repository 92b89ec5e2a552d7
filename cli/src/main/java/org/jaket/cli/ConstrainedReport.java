package org.jaket.cli;

import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.constrained.Violation;
import org.jaket.annealing.file.ConstrainedDocument;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What {@code jaket solve} prints about a model with constraints. */
final class ConstrainedReport {
    /** Violations of the nearest assignment that are printed for people. */
    private static final int SHOWN = 10;

    private final ConstrainedDocument document;
    private final ConstrainedSampleSet set;
    private final long seed;

    ConstrainedReport(ConstrainedDocument document, ConstrainedSampleSet set, long seed) {
        this.document = document;
        this.set = set;
        this.seed = seed;
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%s, seed %d%n", document.model(), seed);
        if (set.isFeasible()) {
            ConstrainedSample best = set.best();
            out.printf(
                    Locale.ROOT,
                    "%s %s%n%nbest: %s%n",
                    document.objective().name(),
                    document.objective().of(best.energy()),
                    best.toMap());
        } else {
            out.println("no solution was found");
            if (!set.samples().isEmpty()) {
                out.println("the nearest assignment breaks:");
                List<Violation> broken = set.samples().getFirst().broken();
                broken.stream().limit(SHOWN).forEach(v -> out.println("  " + v));
                if (broken.size() > SHOWN) {
                    out.printf("  and %d more%n", broken.size() - SHOWN);
                }
            }
        }
        out.flush();
    }

    void printJson(PrintWriter out) {
        Json.print(
                out,
                g -> {
                    g.writeBooleanProperty("feasible", set.isFeasible());
                    if (set.isFeasible()) {
                        ConstrainedSample best = set.best();
                        g.writeNumberProperty("energy", best.energy());
                        g.writeNumberProperty("objective", document.objective().of(best.energy()));
                        g.writeStringProperty("objective_name", document.objective().name());
                        g.writeObjectPropertyStart("sample");
                        best.toMap()
                                .forEach(
                                        (label, value) ->
                                                g.writeNumberProperty(label.toString(), value));
                        g.writeEndObject();
                    } else if (!set.samples().isEmpty()) {
                        g.writeArrayPropertyStart("violated");
                        for (Violation v : set.samples().getFirst().broken()) {
                            g.writeStartObject();
                            g.writeStringProperty("what", v.label().toString());
                            g.writeNumberProperty("amount", v.amount());
                            g.writeEndObject();
                        }
                        g.writeEndArray();
                    }
                    g.writeNumberProperty("seed", seed);
                });
    }
}
