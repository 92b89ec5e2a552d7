package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a circuit from its end, knowing at each place which detectors and observables errors
 * would flip. Detector k is the key k, observable k is {@code ~k}.
 */
abstract class SensitivityWalk extends ReverseWalk {
    final Sensitivities now;
    private final BackwardWalk rules;
    private final boolean strict;

    /**
     * The end of a circuit.
     *
     * @param qubits at least those of the circuit
     * @param strict whether anticommuting with a collapse is refused
     */
    SensitivityWalk(Circuit circuit, int qubits, boolean strict) {
        this.now = new Sensitivities(qubits, circuit.body().detectors(), circuit.body().results());
        this.strict = strict;
        this.rules = new BackwardWalk(now, this::random);
    }

    @Override
    void step(Step step, int firstResult) {
        rules.undo(step);
    }

    /** Refuses, when strict, what is not deterministic because the circuit starts in zeros. */
    final void begin() {
        rules.begin();
    }

    /** The keys that an error flips here. */
    final int[] flippedBy(Step.Product product) {
        return now.symptoms(rules.flippedBy(product));
    }

    private void random(int row, @Nullable Step step, int qubit) {
        if (!strict) {
            return;
        }
        int[] keys = now.symptoms(row);
        int key = keys[keys.length - 1];
        throw new CircuitException(
                (key >= 0 ? "detector D" + key : "observable L" + ~key)
                        + " anticommutes with "
                        + what(step, qubit)
                        + ", so it is not deterministic");
    }

    private String what(@Nullable Step step, int qubit) {
        return switch (step) {
            case null -> "the zero state of qubit " + qubit + " at the start";
            case Step.Reset r -> "the reset of " + r.basis() + " on qubit " + qubit;
            case Step.Measure m when m.resets() ->
                    "the reset of " + m.basis() + " on qubit " + qubit;
            default -> "the measurement of result " + now.results();
        };
    }
}
