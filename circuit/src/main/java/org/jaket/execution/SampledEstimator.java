package org.jaket.execution;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;

import java.util.ArrayList;
import java.util.List;

/**
 * Expectation values from shots, as a device gives them, with honest standard errors.
 *
 * <p>Terms that have equal letters wherever both have any are measured together. A tenth of the
 * shots, in equal parts, tells how much each group scatters; the others go to the groups in
 * proportion to that, which gives the smallest standard error that a number of shots can give (J.
 * Neyman's allocation, 1934). The pilot shots count in the result too.
 */
public final class SampledEstimator implements Estimator {
    /** A group gets at least so many pilot shots, so that its scatter is known at all. */
    private static final long LEAST_PILOT = 16;

    private final Simulator simulator;
    private final RunOptions options;

    /**
     * An estimator.
     *
     * @param simulator what runs the circuits
     * @param options shots for each expectation value, seed, threads and progress
     */
    public SampledEstimator(Simulator simulator, RunOptions options) {
        this.simulator = simulator;
        this.options = options;
    }

    /** Terms that are measured together, and in which letters. */
    private record Group(PauliString letters, List<PauliSum.Term> terms) {}

    /** Mean and scatter of a group's sum. */
    private static final class Tally {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double from = value - mean;
            mean += from / count;
            squares += from * (value - mean);
        }

        double variance() {
            return count < 2 ? 0 : squares / (count - 1);
        }
    }

    /**
     * The expectation value, from about as many shots as the options say: every group of terms gets
     * {@value #LEAST_PILOT} at least.
     *
     * <p>A group whose shots were all equal counts as exact but for one shot that could have
     * differed: its standard error is the one of that case, not zero.
     */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        if (observable.qubits() != circuit.qubits()) {
            throw new IllegalArgumentException(
                    "The observable has "
                            + observable.qubits()
                            + " qubits, the circuit "
                            + circuit.qubits());
        }
        double constant = 0;
        List<Group> groups = new ArrayList<>();
        for (PauliSum.Term term : observable.terms()) {
            if (term.string().weight() == 0) {
                constant += term.coefficient();
            } else {
                place(term, groups);
            }
        }
        if (groups.isEmpty()) {
            return new Estimate(constant, 0);
        }
        Tally[] tallies = new Tally[groups.size()];
        long pilot = Math.max(LEAST_PILOT, options.shots() / 10 / tallies.length);
        for (int g = 0; g < tallies.length; g++) {
            tallies[g] = new Tally();
            measure(circuit, groups.get(g), pilot, 2L * g, tallies[g]);
        }
        long[] more = allocate(tallies, groups, options.shots() - pilot * tallies.length);
        double variance = 0;
        double value = constant;
        for (int g = 0; g < tallies.length; g++) {
            if (more[g] > 0) {
                measure(circuit, groups.get(g), more[g], 2L * g + 1, tallies[g]);
            }
            value += tallies[g].mean;
            variance += scatter(tallies[g], groups.get(g)) / tallies[g].count;
        }
        return new Estimate(value, Math.sqrt(variance));
    }

    private static void place(PauliSum.Term term, List<Group> groups) {
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            if (group.letters.commutesQubitwise(term.string())) {
                group.terms.add(term);
                groups.set(g, new Group(union(group.letters, term.string()), group.terms));
                return;
            }
        }
        groups.add(new Group(term.string(), new ArrayList<>(List.of(term))));
    }

    private static PauliString union(PauliString a, PauliString b) {
        PauliString all = a;
        for (int q : b.support()) {
            all = all.with(q, b.get(q));
        }
        return all;
    }

    /** At least the variance of a sum that differs from the others in one shot. */
    private static double scatter(Tally tally, Group group) {
        double size = group.terms.stream().mapToDouble(t -> Math.abs(t.coefficient())).sum();
        return Math.max(tally.variance(), 4 * size * size / (tally.count + 1));
    }

    private static long[] allocate(Tally[] tallies, List<Group> groups, long left) {
        double[] weights = new double[tallies.length];
        double total = 0;
        for (int g = 0; g < weights.length; g++) {
            weights[g] = Math.sqrt(scatter(tallies[g], groups.get(g)));
            total += weights[g];
        }
        long[] shots = new long[tallies.length];
        for (int g = 0; g < shots.length; g++) {
            shots[g] = Math.max(0, Math.round(left * weights[g] / total));
        }
        return shots;
    }

    private void measure(Circuit circuit, Group group, long shots, long stream, Tally tally) {
        int[] qubits = group.letters.support();
        ClassicalRegister register = register(circuit, qubits.length);
        List<ClassicalRegister> registers = new ArrayList<>(circuit.classicalRegisters());
        registers.add(register);
        BlockBuilder body = new BlockBuilder().append(circuit.body());
        for (int k = 0; k < qubits.length; k++) {
            body.append(
                    new Measurement(
                            kind(group.letters.get(qubits[k])),
                            0,
                            Targets.of(qubits[k]),
                            Targets.of(register.first() + k),
                            ""));
        }
        Block measured = body.build();
        Circuit whole = Circuit.of(circuit.qubitRegisters(), registers, measured);
        long seed = options.seed() + 0x9E37_79B9_7F4A_7C15L * (stream + 1);
        Shots results =
                simulator.run(
                        whole,
                        RunOptions.shots(shots)
                                .seed(seed >>> 1)
                                .threads(options.threads())
                                .progress(options.progress()));
        int first = results.layout().field(register.name()).first();
        long[][] masks = masks(group, qubits);
        for (int shot = 0; shot < results.size(); shot++) {
            double sum = 0;
            for (int t = 0; t < masks.length; t++) {
                long parity = 0;
                for (int k = 0; k < qubits.length; k++) {
                    if ((masks[t][k >> 6] >>> k & 1) != 0 && results.bit(shot, first + k)) {
                        parity ^= 1;
                    }
                }
                double c = group.terms.get(t).coefficient();
                sum += parity == 0 ? c : -c;
            }
            tally.add(sum);
        }
    }

    /** For each term, which of the measured qubits it has letters on. */
    private static long[][] masks(Group group, int[] qubits) {
        long[][] masks = new long[group.terms.size()][(qubits.length + 63) >> 6];
        for (int t = 0; t < masks.length; t++) {
            for (int k = 0; k < qubits.length; k++) {
                if (group.terms.get(t).string().get(qubits[k]) != Pauli.I) {
                    masks[t][k >> 6] |= 1L << k;
                }
            }
        }
        return masks;
    }

    private static ClassicalRegister register(Circuit circuit, int size) {
        String name = "pauli";
        for (int k = 1; isTaken(circuit, name); k++) {
            name = "pauli" + k;
        }
        return new ClassicalRegister(name, null, circuit.bits(), size);
    }

    private static boolean isTaken(Circuit circuit, String name) {
        return circuit.classicalRegisters().stream().anyMatch(r -> r.name().equals(name))
                || circuit.qubitRegisters().stream().anyMatch(r -> r.name().equals(name));
    }

    private static MeasurementKind kind(Pauli letter) {
        return switch (letter) {
            case X -> MeasurementKind.MX;
            case Y -> MeasurementKind.MY;
            case Z, I -> MeasurementKind.M;
        };
    }
}
