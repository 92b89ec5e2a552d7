package org.jaket.stabilizer.flow;

import org.jaket.circuit.observable.PauliString;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement about a circuit: that it turns one Pauli string into another times the parity of some
 * results. In Stim's text {@code X1 -> -Z2 xor rec[0] xor obs[1]}.
 *
 * @param input a Hermitian string before the circuit
 * @param output a Hermitian string after it
 * @param results indices of results; negative ones count from the end, -1 the last
 * @param observables indices of observables whose OBSERVABLE_INCLUDE belong to the parity
 */
public record Flow(
        PauliString input,
        PauliString output,
        NavigableSet<Integer> results,
        NavigableSet<Integer> observables) {
    private static final Pattern FLOW = Pattern.compile("\\s*(\\S+)\\s*->\\s*(.*\\S)\\s*");
    private static final Pattern INDEX = Pattern.compile("(rec|obs)\\[(-?[0-9]{1,9})\\]");

    /** Copies the sets and checks that the strings are Hermitian. */
    public Flow {
        if (!input.isHermitian() || !output.isHermitian()) {
            throw new IllegalArgumentException(
                    "A flow leads from a Hermitian string to another, not from %s to %s."
                            .formatted(input.toStim(), output.toStim()));
        }
        results = new TreeSet<>(results);
        observables = new TreeSet<>(observables);
    }

    /** A flow without observables. */
    public static Flow of(PauliString input, PauliString output, int... results) {
        NavigableSet<Integer> set = new TreeSet<>();
        Arrays.stream(results).forEach(r -> toggle(set, r));
        return new Flow(input, output, set, new TreeSet<>());
    }

    /**
     * Reads Stim's text. Strings are dense ({@code X_Z}) or sparse ({@code X0*Z2}), 1 is the
     * identity; a result or observable that comes twice cancels.
     *
     * @throws IllegalArgumentException if the text is not a flow
     */
    public static Flow parse(String text) {
        Matcher matcher = FLOW.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text);
        }
        PauliString input = string(matcher.group(1), text);
        PauliString output = PauliString.identity(0);
        NavigableSet<Integer> results = new TreeSet<>();
        NavigableSet<Integer> observables = new TreeSet<>();
        String[] terms = matcher.group(2).trim().split("\\s+xor\\s+", -1);
        for (int k = 0; k < terms.length; k++) {
            boolean negative = k == 0 && terms[0].startsWith("-");
            Matcher index = INDEX.matcher(negative ? terms[k].substring(1) : terms[k]);
            if (index.matches()) {
                int value = Integer.parseInt(index.group(2));
                if (index.group(1).equals("obs") && value < 0) {
                    throw wrong(text);
                }
                toggle(index.group(1).equals("rec") ? results : observables, value);
                output = negative ? output.negate() : output;
            } else if (k == 0) {
                output = string(terms[0], text);
            } else {
                throw wrong(text);
            }
        }
        if (input.isHermitian() != output.isHermitian()) {
            throw new IllegalArgumentException("\"%s\" is an anti-Hermitian flow.".formatted(text));
        }
        if (!input.isHermitian()) {
            input = input.timesPhase(-1);
            output = output.timesPhase(-1);
        }
        return new Flow(input, output, results, observables);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "\"%s\" is not a flow such as X1 -> -Z2 xor rec[0] xor obs[1].".formatted(text));
    }

    private static PauliString string(String text, String whole) {
        return switch (text) {
            case "1", "+1" -> PauliString.identity(0);
            case "-1" -> PauliString.identity(0).negate();
            case "" -> throw wrong(whole);
            default -> PauliString.stim(text);
        };
    }

    private static void toggle(NavigableSet<Integer> set, int value) {
        if (!set.remove(value)) {
            set.add(value);
        }
    }

    /**
     * The flow that follows from this one and another: the product of inputs leads to the product
     * of outputs.
     *
     * @throws IllegalArgumentException if exactly one of the two products is anti-Hermitian
     */
    public Flow times(Flow other) {
        int in = Math.max(input.qubits(), other.input.qubits());
        int out = Math.max(output.qubits(), other.output.qubits());
        PauliString from = input.padded(in).times(other.input.padded(in));
        PauliString to = output.padded(out).times(other.output.padded(out));
        int phase = to.phase() - from.phase();
        if ((phase & 1) != 0) {
            throw new IllegalArgumentException("%s anticommutes with %s.".formatted(this, other));
        }
        NavigableSet<Integer> both = new TreeSet<>(results);
        other.results.forEach(r -> toggle(both, r));
        NavigableSet<Integer> all = new TreeSet<>(observables);
        other.observables.forEach(o -> toggle(all, o));
        return new Flow(from.abs(), to.abs().timesPhase(phase), both, all);
    }

    /** Stim's text; sparse strings where at most one letter in eight is not I. */
    @Override
    public String toString() {
        boolean sparse =
                (isSparse(input) || isSparse(output))
                        && endsInLetter(input)
                        && endsInLetter(output);
        StringBuilder text = new StringBuilder();
        boolean hasInput = append(text, input, sparse);
        text.append(hasInput ? " -> " : "1 -> ");
        boolean any = append(text, output, sparse);
        for (int result : results) {
            text.append(any ? " xor rec[" : "rec[").append(result).append(']');
            any = true;
        }
        for (int observable : observables) {
            text.append(any ? " xor obs[" : "obs[").append(observable).append(']');
            any = true;
        }
        return any ? text.toString() : text.append('1').toString();
    }

    private static boolean isSparse(PauliString string) {
        return string.qubits() > 8 && string.weight() * 8 <= string.qubits();
    }

    private static boolean endsInLetter(PauliString string) {
        int n = string.qubits();
        return n == 0 || string.get(n - 1) != org.jaket.circuit.Pauli.I;
    }

    private static boolean append(StringBuilder text, PauliString string, boolean sparse) {
        if (string.phase() == 2) {
            text.append('-');
        }
        if (sparse) {
            text.append(string.weight() == 0 ? "" : string.abs().toSparse().substring(1));
            return string.weight() > 0;
        }
        text.append(string.abs().toStim().substring(1));
        return string.qubits() > 0;
    }
}
