package org.jaket.stabilizer.errors;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.link.CrumbleMark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One way in which one operation of a circuit can go wrong.
 *
 * @param noiseTag the tag of the operation that makes the noise
 * @param flippedPaulis the Pauli product that hits qubits; empty when only a result is flipped
 * @param flippedResult the index of the flipped result in the record, or -1
 * @param measuredPaulis the Pauli product that this result is of
 * @param ticks how many ticks come before
 * @param stack where the operation is: its index in the circuit, or that of the loop it is in, and
 *     so on inwards
 * @param instruction the operation and the targets it is about
 */
public record ErrorLocation(
        String noiseTag,
        List<LocatedTarget> flippedPaulis,
        long flippedResult,
        List<LocatedTarget> measuredPaulis,
        long ticks,
        List<Frame> stack,
        Slice instruction) {
    /** Copies the lists. */
    public ErrorLocation {
        flippedPaulis = List.copyOf(flippedPaulis);
        measuredPaulis = List.copyOf(measuredPaulis);
        stack = List.copyOf(stack);
    }

    /**
     * A place in a block.
     *
     * @param index of the operation, from 0
     * @param iteration how many turns of the block are complete
     * @param repetitions how often the operation repeats its body, 0 if it is no loop
     */
    public record Frame(int index, long iteration, long repetitions) implements Comparable<Frame> {
        /** By index, then iteration, then repetitions. */
        @Override
        public int compareTo(Frame other) {
            int order = Integer.compare(index, other.index);
            if (order == 0) {
                order = Long.compare(iteration, other.iteration);
            }
            return order != 0 ? order : Long.compare(repetitions, other.repetitions);
        }
    }

    /**
     * Some neighbouring targets of an operation.
     *
     * @param name Stim's name of the operation
     * @param tag its tag
     * @param arguments its arguments
     * @param from the first target's index
     * @param to one more than the last target's index
     * @param targets the targets
     */
    public record Slice(
            String name,
            String tag,
            List<Double> arguments,
            int from,
            int to,
            List<LocatedTarget> targets)
            implements Comparable<Slice> {
        /** Copies the lists. */
        public Slice {
            arguments = List.copyOf(arguments);
            targets = List.copyOf(targets);
        }

        /** By place, then targets, arguments and name. */
        @Override
        public int compareTo(Slice other) {
            int order = Integer.compare(from, other.from);
            if (order == 0) {
                order = Integer.compare(to, other.to);
            }
            if (order == 0) {
                order = LocatedTarget.compare(targets, other.targets);
            }
            if (order == 0) {
                order = LocatedTarget.compare(arguments, other.arguments);
            }
            return order != 0 ? order : name.compareTo(other.name);
        }

        /** Text such as {@code X_ERROR(0.1) 5[coords 2,3]}. */
        @Override
        public String toString() {
            var text = new StringBuilder(name);
            ModelText.appendTag(text, tag);
            String before = "(";
            for (double argument : arguments) {
                text.append(before).append(ShortNumbers.text(argument));
                before = ", ";
            }
            text.append(arguments.isEmpty() ? "" : ")");
            boolean joined = false;
            for (LocatedTarget target : targets) {
                boolean joins = Target.isCombiner(target.target());
                text.append(joins || joined ? "" : " ").append(target);
                joined = joins;
            }
            return text.toString();
        }
    }

    /**
     * Whether this explains more simply: by fewer Pauli letters, or else earlier, or else by a
     * smaller product. Locations of results of different numbers of qubits are not compared.
     */
    boolean isSimplerThan(ErrorLocation other) {
        if (measuredPaulis.size() != other.measuredPaulis.size()) {
            return false;
        }
        int order = Integer.compare(flippedPaulis.size(), other.flippedPaulis.size());
        if (order == 0) {
            order = Long.compare(ticks, other.ticks);
        }
        if (order == 0) {
            order = LocatedTarget.compare(flippedPaulis, other.flippedPaulis);
        }
        if (order == 0) {
            order = Long.compareUnsigned(flippedResult, other.flippedResult);
        }
        if (order == 0) {
            order = LocatedTarget.compare(measuredPaulis, other.measuredPaulis);
        }
        if (order == 0) {
            order = instruction.compareTo(other.instruction);
        }
        return (order != 0 ? order : LocatedTarget.compare(stack, other.stack)) < 0;
    }

    /**
     * The error as a mark in a link to Crumble. A result that is flipped is marked as an error on
     * the first qubit of its product that flips it.
     *
     * @param number of the mark
     */
    public CrumbleMark mark(int number) {
        IntStream letters = flippedPaulis.stream().mapToInt(LocatedTarget::target);
        if (!measuredPaulis.isEmpty()) {
            int measured = measuredPaulis.getFirst().target();
            Pauli flip = Target.pauli(measured) == Pauli.X ? Pauli.Z : Pauli.X;
            letters =
                    IntStream.concat(
                            letters, IntStream.of(Target.pauli(flip, Target.value(measured))));
        }
        return new CrumbleMark(
                number,
                stack.stream().map(f -> new CrumbleMark.Place(f.index(), f.iteration())).toList(),
                Targets.of(letters.toArray()));
    }

    /** Several lines, as Stim prints them. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, "");
        return text.toString();
    }

    void append(StringBuilder text, String indent) {
        String inner = "\n" + indent + "    ";
        text.append(indent).append("CircuitErrorLocation {");
        if (!noiseTag.isEmpty()) {
            text.append(inner).append("noise_tag: ").append(noiseTag);
        }
        if (!flippedPaulis.isEmpty()) {
            text.append(inner).append("flipped_pauli_product: ").append(product(flippedPaulis));
        }
        if (flippedResult >= 0) {
            text.append(inner)
                    .append("flipped_measurement.measurement_record_index: ")
                    .append(flippedResult);
        }
        if (!measuredPaulis.isEmpty()) {
            text.append(inner)
                    .append("flipped_measurement.measured_observable: ")
                    .append(product(measuredPaulis));
        }
        text.append(inner).append("Circuit location stack trace:");
        inner += "    ";
        text.append(inner).append("(after ").append(ticks).append(" TICKs)");
        for (int k = 0; k < stack.size(); k++) {
            Frame frame = stack.get(k);
            if (k > 0) {
                text.append(inner)
                        .append("after ")
                        .append(frame.iteration())
                        .append(" completed iterations");
            }
            text.append(inner).append("at instruction #").append(frame.index() + 1).append(" (");
            if (k < stack.size() - 1) {
                text.append("a REPEAT ").append(frame.repetitions()).append(" block");
            } else {
                text.append(instruction.name());
            }
            text.append(k > 0 ? ") in the REPEAT block" : ") in the circuit");
        }
        text.append(inner).append("at target");
        if (instruction.from() + 1 == instruction.to()) {
            text.append(" #").append(instruction.to());
        } else {
            text.append("s #").append(instruction.from() + 1);
            text.append(" to #").append(instruction.to());
        }
        text.append(" of the instruction");
        text.append(inner).append("resolving to ").append(instruction);
        text.append('\n').append(indent).append('}');
    }

    private static String product(List<LocatedTarget> letters) {
        return letters.stream().map(LocatedTarget::toString).collect(Collectors.joining("*"));
    }
}
