package org.jaket.stabilizer;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact law of a small circuit whose qubits leak and are lost: density matrices, one for each
 * record and each answer to who is absent. An absent qubit is traced out and its place is put into
 * the state 0; what the others go through is written down as channels. Knows nothing of stabilizers
 * and frames.
 */
final class ExactDepartures {
    private static final char PRESENT = 'p';
    private static final char LEAKED = 'l';
    private static final char LOST = 'x';

    /** What is known of a run: its record, and the presence of each qubit. */
    private record Run(String results, String presence) {
        Run recorded(int bit) {
            return new Run(results + bit, presence);
        }

        Run with(int qubit, char now) {
            var next = new StringBuilder(presence);
            next.setCharAt(qubit, now);
            return new Run(results, next.toString());
        }

        char at(int qubit) {
            return presence.charAt(qubit);
        }
    }

    /** What one application does to one run and its unnormalised state. */
    private interface Action {
        void of(Run run, ComplexMatrix rho);
    }

    private final int qubits;
    private Map<Run, ComplexMatrix> runs = new HashMap<>();
    private Map<Run, ComplexMatrix> next = new HashMap<>();

    private ExactDepartures(int qubits) {
        this.qubits = qubits;
        ComplexMatrix zero = ComplexMatrix.identity(1 << qubits);
        for (int q = 0; q < qubits; q++) {
            zero = projector(letter(Pauli.Z, q), 0).times(zero);
        }
        runs.put(new Run("", String.valueOf(PRESENT).repeat(qubits)), zero);
    }

    /** Probability of each record, as a string of 0 and 1 in record order. */
    static Map<String, Double> of(Circuit circuit) {
        var exact = new ExactDepartures(circuit.qubits());
        exact.block(circuit.body());
        Map<String, Double> law = new TreeMap<>();
        exact.runs.forEach(
                (run, rho) -> {
                    double p = 0;
                    for (int k = 0; k < rho.rows(); k++) {
                        p += rho.re(k, k);
                    }
                    if (p > 1e-12) {
                        law.merge(run.results(), p, Double::sum);
                    }
                });
        return law;
    }

    /** Probability of each string of detectors, then observable 0; reference results are all 0. */
    static Map<String, Double> ofDetectors(Circuit circuit) {
        Map<String, Double> law = new TreeMap<>();
        of(circuit)
                .forEach(
                        (record, p) -> {
                            var found = new StringBuilder();
                            int[] at = {0, 0};
                            parities(circuit.body(), record, at, found);
                            law.merge(found.append(at[1]).toString(), p, Double::sum);
                        });
        return law;
    }

    private static void parities(Block block, String record, int[] at, StringBuilder found) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        parities(r.body(), record, at, found);
                    }
                }
                case Detector d -> found.append(parity(d.targets(), record.substring(0, at[0])));
                case ObservableInclude o ->
                        at[1] ^= parity(o.targets(), record.substring(0, at[0]));
                default -> at[0] += (int) operation.results();
            }
        }
    }

    private static int parity(Targets lookbacks, String record) {
        int sum = 0;
        for (int k = 0; k < lookbacks.size(); k++) {
            sum ^= record.charAt(record.length() - lookbacks.value(k)) - '0';
        }
        return sum;
    }

    private void each(Action action) {
        runs.forEach(action::of);
        runs = next;
        next = new HashMap<>();
    }

    private void put(Run run, ComplexMatrix rho) {
        next.merge(run, rho, ComplexMatrix::plus);
    }

    private void block(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        block(r.body());
                    }
                }
                case GateOperation g -> {
                    int arity = g.gate().qubits();
                    for (int k = 0; k < g.targets().size(); k += arity) {
                        gate(g, g.targets().slice(k, k + arity));
                    }
                }
                case PauliPhase p -> {
                    for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                        phase(product, p.dagger());
                    }
                }
                case Reset r -> {
                    for (int k = 0; k < r.targets().size(); k++) {
                        reset(r.basis(), r.targets().value(k));
                    }
                }
                case Measurement m -> measurement(m);
                case NoiseOperation n -> {
                    int arity = n.noise().qubits();
                    for (int k = 0; k < n.targets().size(); k += arity) {
                        noise(n, n.targets().slice(k, k + arity).toArray());
                    }
                }
                case Detector d -> {}
                case ObservableInclude o -> {}
                default -> throw new AssertionError(operation);
            }
        }
    }

    private void gate(GateOperation g, Targets group) {
        if (Target.isClassical(group.get(0))) {
            Pauli pauli = g.gate() == StandardGate.CX ? Pauli.X : Pauli.Z;
            int q = group.value(1);
            each(
                    (run, rho) -> {
                        boolean on =
                                run.results().charAt(run.results().length() - group.value(0))
                                        == '1';
                        put(run, on && run.at(q) == PRESENT ? around(pauli, q, rho) : rho);
                    });
            return;
        }
        whole(embedded(g.gate().matrix(g.values()), group.toArray()), group.toArray());
    }

    private void phase(PauliProduct product, boolean dagger) {
        ComplexMatrix minus = projector(product.letters(), product.negative() ? 0 : 1);
        ComplexMatrix plus = projector(product.letters(), product.negative() ? 1 : 0);
        ComplexMatrix root = plus.plus(minus.scale(0, dagger ? -1 : 1));
        whole(root, product.letters().stream().map(Target::value).distinct().toArray());
    }

    /** A gate on qubits that may be absent. */
    private void whole(ComplexMatrix u, int[] group) {
        each(
                (run, rho) -> {
                    boolean gone = false;
                    boolean leaky = false;
                    for (int q : group) {
                        gone |= run.at(q) == LOST;
                        leaky |= run.at(q) == LEAKED;
                    }
                    ComplexMatrix after = rho;
                    if (!gone && !leaky) {
                        after = u.times(rho).times(u.adjoint());
                    } else if (!gone) {
                        for (int q : group) {
                            after = run.at(q) == PRESENT ? depolarized(q, after) : after;
                        }
                    }
                    put(run, after);
                });
    }

    private ComplexMatrix depolarized(int q, ComplexMatrix rho) {
        return mixed(new double[] {0.25, 0.25, 0.25, 0.25}, q, rho);
    }

    private ComplexMatrix mixed(double[] probabilities, int q, ComplexMatrix rho) {
        ComplexMatrix sum = rho.scale(probabilities[0], 0);
        for (int k = 1; k < 4; k++) {
            sum = sum.plus(around(Pauli.values()[k], q, rho).scale(probabilities[k], 0));
        }
        return sum;
    }

    private ComplexMatrix around(Pauli pauli, int q, ComplexMatrix rho) {
        ComplexMatrix p = product(letter(pauli, q));
        return p.times(rho).times(p);
    }

    /** Traces a qubit out and puts its place into the +1 state of a Pauli. */
    private ComplexMatrix fresh(Pauli basis, int q, ComplexMatrix rho) {
        ComplexMatrix plus = projector(letter(basis, q), 0);
        ComplexMatrix minus = projector(letter(basis, q), 1);
        ComplexMatrix flip = product(letter(basis == Pauli.Z ? Pauli.X : Pauli.Z, q)).times(minus);
        return plus.times(rho).times(plus).plus(flip.times(rho).times(flip.adjoint()));
    }

    private void reset(Pauli basis, int q) {
        each((run, rho) -> put(run.with(q, PRESENT), fresh(basis, q, rho)));
    }

    private void measurement(Measurement m) {
        if (m.kind() == MeasurementKind.MABSENT) {
            for (int k = 0; k < m.targets().size(); k++) {
                int target = m.targets().get(k);
                each(
                        (run, rho) -> {
                            boolean absent = run.at(Target.value(target)) != PRESENT;
                            record(run, rho, absent ^ Target.isInverted(target), m);
                        });
            }
            return;
        }
        for (PauliProduct product : m.products()) {
            each((run, rho) -> measure(m, product, run, rho));
            if (m.kind().resets()) {
                reset(m.kind().basis(), product.letters().value(0));
            }
        }
    }

    private void measure(Measurement m, PauliProduct product, Run run, ComplexMatrix rho) {
        boolean leaky = product.letters().stream().anyMatch(t -> run.at(Target.value(t)) == LEAKED);
        Targets rest =
                Targets.of(
                        product.letters().stream()
                                .filter(t -> run.at(Target.value(t)) == PRESENT)
                                .toArray());
        for (int value = 0; value < 2; value++) {
            ComplexMatrix p = projector(rest, value);
            ComplexMatrix found = p.times(rho).times(p);
            if (leaky) {
                record(run, found.scale(0.5, 0), true, m);
                record(run, found.scale(0.5, 0), false, m);
            } else {
                record(run, found, (value == 1) != product.negative(), m);
            }
        }
    }

    private void record(Run run, ComplexMatrix rho, boolean result, Measurement m) {
        double flip = m.flipProbability();
        put(run.recorded(result ? 1 : 0), rho.scale(1 - flip, 0));
        if (flip > 0) {
            put(run.recorded(result ? 0 : 1), rho.scale(flip, 0));
        }
    }

    private void noise(NoiseOperation n, int[] group) {
        int q = group[0];
        double p = n.arguments().getFirst();
        switch (n.noise()) {
            case X_ERROR -> pauliNoise(q, new double[] {1 - p, p, 0, 0});
            case Z_ERROR -> pauliNoise(q, new double[] {1 - p, 0, 0, p});
            case DEPOLARIZE1 -> pauliNoise(q, new double[] {1 - p, p / 3, p / 3, p / 3});
            case DEPOLARIZE2 ->
                    each(
                            (run, rho) -> {
                                ComplexMatrix all = rho;
                                for (int each : group) {
                                    all = run.at(each) == PRESENT ? depolarized(each, all) : all;
                                }
                                double whole = p * 16 / 15;
                                put(run, rho.scale(1 - whole, 0).plus(all.scale(whole, 0)));
                            });
            case LEAKAGE_ERROR, HERALDED_LEAKAGE_ERROR -> depart(n, q, LEAKED, p);
            case LOSS_ERROR, HERALDED_LOSS_ERROR -> depart(n, q, LOST, p);
            case SEEPAGE_ERROR ->
                    each(
                            (run, rho) -> {
                                boolean back = run.at(q) == LEAKED;
                                put(run, rho.scale(back ? 1 - p : 1, 0));
                                if (back) {
                                    put(run.with(q, PRESENT), depolarized(q, rho).scale(p, 0));
                                }
                            });
            default -> throw new AssertionError(n);
        }
    }

    private void pauliNoise(int q, double[] probabilities) {
        each((run, rho) -> put(run, run.at(q) == PRESENT ? mixed(probabilities, q, rho) : rho));
    }

    private void depart(NoiseOperation n, int q, char where, double p) {
        each(
                (run, rho) -> {
                    boolean can = run.at(q) == PRESENT || run.at(q) == LEAKED && where == LOST;
                    boolean heralds = n.noise().isHeralded();
                    put(heralds ? run.recorded(0) : run, rho.scale(can ? 1 - p : 1, 0));
                    if (can) {
                        Run left = run.with(q, where);
                        ComplexMatrix traced = fresh(Pauli.Z, q, rho).scale(p, 0);
                        put(heralds ? left.recorded(1) : left, traced);
                    }
                });
    }

    private static Targets letter(Pauli pauli, int q) {
        return Targets.of(Target.pauli(pauli, q));
    }

    private ComplexMatrix product(Targets letters) {
        ComplexMatrix result = ComplexMatrix.identity(1 << qubits);
        for (int k = 0; k < letters.size(); k++) {
            StandardGate gate = StandardGate.valueOf(Target.pauli(letters.get(k)).name());
            result = result.times(embedded(gate.matrix(), new int[] {letters.value(k)}));
        }
        return result;
    }

    private ComplexMatrix projector(Targets letters, int value) {
        return ComplexMatrix.identity(1 << qubits)
                .plus(product(letters).scale(value == 0 ? 1 : -1, 0))
                .scale(0.5, 0);
    }

    private ComplexMatrix embedded(ComplexMatrix u, int[] targets) {
        int n = 1 << qubits;
        int mask = 0;
        for (int t : targets) {
            mask |= 1 << t;
        }
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                if ((row & ~mask) == (column & ~mask)) {
                    re[row * n + column] = u.re(local(row, targets), local(column, targets));
                    im[row * n + column] = u.im(local(row, targets), local(column, targets));
                }
            }
        }
        return ComplexMatrix.of(n, n, re, im);
    }

    private static int local(int index, int[] targets) {
        int local = 0;
        for (int k = 0; k < targets.length; k++) {
            local |= (index >> targets[k] & 1) << k;
        }
        return local;
    }
}
