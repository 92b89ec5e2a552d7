package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemInstruction.DetectorDeclaration;
import org.jaket.circuit.stim.DemInstruction.ObservableDeclaration;
import org.jaket.circuit.stim.DemInstruction.RepeatBlock;
import org.jaket.circuit.stim.DemInstruction.ShiftDetectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which error mechanisms there are, how likely each is, and which detectors and observables it
 * flips: what a decoder needs to know of a circuit. Immutable; in Stim's text format.
 */
public final class DetectorErrorModel {
    private final List<DemInstruction> instructions;
    private final long detectors;
    private final long observables;
    private final long errors;
    private final long shift;

    private DetectorErrorModel(List<DemInstruction> instructions) {
        this.instructions = instructions;
        long offset = 0;
        long bound = 0;
        long observableBound = 0;
        long errorSum = 0;
        try {
            for (DemInstruction instruction : instructions) {
                switch (instruction) {
                    case DemInstruction.ErrorMechanism e -> {
                        errorSum = Math.addExact(errorSum, 1);
                        for (int k = 0; k < e.targets().size(); k++) {
                            long t = e.targets().get(k);
                            if (DemTargets.isDetector(t)) {
                                bound = Math.max(bound, Math.addExact(offset, t + 1));
                            } else if (DemTargets.isObservable(t)) {
                                observableBound =
                                        Math.max(observableBound, DemTargets.index(t) + 1);
                            }
                        }
                    }
                    case DetectorDeclaration d ->
                            bound = Math.max(bound, Math.addExact(offset, d.detector() + 1));
                    case ObservableDeclaration o ->
                            observableBound = Math.max(observableBound, o.observable() + 1);
                    case ShiftDetectors s -> offset = Math.addExact(offset, s.detectors());
                    case RepeatBlock r -> {
                        DetectorErrorModel body = r.body();
                        if (r.count() > 0) {
                            long last =
                                    Math.addExact(
                                            offset, Math.multiplyExact(r.count() - 1, body.shift));
                            if (body.detectors > 0) {
                                bound = Math.max(bound, Math.addExact(last, body.detectors));
                            }
                            observableBound = Math.max(observableBound, body.observables);
                            offset = Math.addExact(last, body.shift);
                            errorSum =
                                    Math.addExact(
                                            errorSum, Math.multiplyExact(r.count(), body.errors));
                        }
                    }
                }
            }
        } catch (ArithmeticException e) {
            throw new CircuitException(
                    "the detector error model has more than 2^63 detectors or errors");
        }
        detectors = bound;
        observables = observableBound;
        errors = errorSum;
        shift = offset;
    }

    /** A model of the given instructions. */
    public static DetectorErrorModel of(List<DemInstruction> instructions) {
        return new DetectorErrorModel(List.copyOf(instructions));
    }

    static DetectorErrorModel owning(ArrayList<DemInstruction> instructions) {
        instructions.trimToSize();
        return new DetectorErrorModel(Collections.unmodifiableList(instructions));
    }

    /**
     * Reads a model.
     *
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static DetectorErrorModel parse(String text) {
        return parse("model", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a model.
     *
     * @param source the name of the text in messages
     * @param text UTF-8
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static DetectorErrorModel parse(String source, byte[] text) {
        return DemReader.read(source, text);
    }

    /**
     * Reads a file.
     *
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static DetectorErrorModel read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllBytes(file));
    }

    /** The instructions. */
    public List<DemInstruction> instructions() {
        return instructions;
    }

    /** One more than the largest detector index, repeats unfolded. */
    public long detectors() {
        return detectors;
    }

    /** One more than the largest observable index. */
    public long observables() {
        return observables;
    }

    /** How many error mechanisms there are, repeats unfolded. */
    public long errors() {
        return errors;
    }

    /** By how much the whole model shifts detector indices. */
    public long detectorShift() {
        return shift;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DetectorErrorModel m && instructions.equals(m.instructions);
    }

    @Override
    public int hashCode() {
        return instructions.hashCode();
    }

    /** Stim text; a line end after every line; reads back to an equal model. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, 0);
        return text.toString();
    }

    private void append(StringBuilder text, int depth) {
        for (DemInstruction instruction : instructions) {
            text.repeat("    ", depth);
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> {
                    head(text, "error", e.tag(), List.of(e.probability()));
                    e.targets().append(text);
                }
                case DetectorDeclaration d -> {
                    head(text, "detector", d.tag(), d.coordinates());
                    text.append(" D").append(d.detector());
                }
                case ObservableDeclaration o -> {
                    head(text, "logical_observable", o.tag(), List.of());
                    text.append(" L").append(o.observable());
                }
                case ShiftDetectors s -> {
                    head(text, "shift_detectors", s.tag(), s.coordinates());
                    text.append(' ').append(s.detectors());
                }
                case RepeatBlock r -> {
                    head(text, "repeat", r.tag(), List.of());
                    text.append(' ').append(r.count()).append(" {\n");
                    r.body().append(text, depth + 1);
                    text.repeat("    ", depth).append('}');
                }
            }
            text.append('\n');
        }
    }

    private static void head(StringBuilder text, String name, String tag, List<Double> arguments) {
        text.append(name);
        StimNumbers.appendTag(text, tag);
        StimNumbers.appendArguments(text, arguments);
    }
}
