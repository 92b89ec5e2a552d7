package org.jaket.circuit;

import org.jaket.circuit.noise.Noise;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Noise on each target (pair, or the one Pauli product): a Pauli channel, or qubits that leave.
 *
 * @param noise the channel
 * @param arguments its probabilities
 * @param targets qubits; Pauli letters (without combiners) for correlated errors
 * @param tag free text
 */
public record NoiseOperation(Noise noise, List<Double> arguments, Targets targets, String tag)
        implements Operation {
    private static final double SUM_TOLERANCE = 1e-9;

    /** Checks the number and range of the probabilities and the shape of the targets. */
    public NoiseOperation {
        arguments = List.copyOf(arguments);
        String name = noise.stimNames().getFirst();
        if (noise.arguments() >= 0 && arguments.size() != noise.arguments()) {
            throw new CircuitException(
                    name
                            + ": takes "
                            + noise.arguments()
                            + " probabilities, got "
                            + arguments.size());
        }
        double sum = 0;
        for (double p : arguments) {
            if (!(p >= 0 && p <= 1)) {
                throw new CircuitException(name + "(" + p + "): a probability is from 0 to 1");
            }
            sum += p;
        }
        if (sum > 1 + SUM_TOLERANCE) {
            throw new CircuitException(
                    name
                            + ": the probabilities of disjoint errors add up to "
                            + sum
                            + ", more than 1");
        }
        if (noise.qubits() == 2 && targets.size() % 2 != 0) {
            throw new CircuitException(
                    name
                            + " "
                            + Operation.abbreviated(targets.toString())
                            + ": takes pairs of targets");
        }
        for (int k = 0; k < targets.size(); k++) {
            int t = targets.get(k);
            boolean fine =
                    noise.qubits() == 0
                            ? Target.isPauli(t) && !Target.isInverted(t)
                            : Target.isQubit(t) && !Target.isInverted(t);
            if (!fine) {
                throw new CircuitException(name + ": cannot take the target " + Target.toString(t));
            }
            if (noise.qubits() == 2 && k % 2 == 1 && t == targets.get(k - 1)) {
                throw new CircuitException(name + ": qubit " + t + " is paired with itself");
            }
        }
    }

    @Override
    public long results() {
        return noise.isHeralded() ? targets.size() : 0;
    }

    @Override
    public NoiseOperation withTargets(Targets newTargets) {
        return new NoiseOperation(noise, arguments, newTargets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof NoiseOperation n
                && noise.qubits() > 0
                && noise == n.noise
                && arguments.equals(n.arguments)
                && tag.equals(n.tag);
    }

    @Override
    public String describe() {
        return noise.stimNames().getFirst()
                + arguments.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "(", ")"))
                + " "
                + Operation.abbreviated(targets.toString());
    }
}
