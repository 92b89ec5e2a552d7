package org.jaket.stabilizer;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
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
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact law of a small circuit's measurement record and detectors, by following every branch of
 * every measurement and error on a state vector of matrices. Knows nothing of stabilizers.
 */
final class ExactRecords {
    private final int qubits;
    private final List<Operation> operations = new ArrayList<>();

    /** For each operation the conditions on the record that it needs. */
    private final List<List<Guard>> guards = new ArrayList<>();

    /** Results before the operation that is unfolded next. */
    private int recorded;

    /** A condition on the first results, those before its block. */
    private record Guard(Expression condition, boolean wanted, int results) {
        boolean holds(String record) {
            ClassicalMemory memory = new ClassicalMemory(0);
            record.substring(0, results).chars().forEach(c -> memory.record(c == '1'));
            return condition.isTrue(memory) == wanted;
        }
    }

    private final boolean detectors;
    private final Map<String, Double> law = new TreeMap<>();

    private record Branch(
            double[] re,
            double[] im,
            double p,
            String record,
            boolean hit,
            String detectors,
            long observables) {}

    private ExactRecords(Circuit circuit, boolean detectors) {
        this.qubits = circuit.qubits();
        this.detectors = detectors;
        unfold(circuit.body(), List.of());
    }

    /** Probability of each record, as a string of 0 and 1 in record order. */
    static Map<String, Double> of(Circuit circuit) {
        return new ExactRecords(circuit, false).solve();
    }

    /**
     * Probability of each string of detectors, then a blank and the observables as a number, raw
     * parities without a reference.
     */
    static Map<String, Double> ofDetectors(Circuit circuit) {
        return new ExactRecords(circuit, true).solve();
    }

    private void unfold(Block block, List<Guard> needed) {
        for (Operation operation : block.operations()) {
            if (operation instanceof Repeat r) {
                for (long k = 0; k < r.count(); k++) {
                    unfold(r.body(), needed);
                }
            } else if (operation instanceof Conditional c) {
                int before = recorded;
                for (boolean wanted : new boolean[] {true, false}) {
                    recorded = before;
                    List<Guard> more = new ArrayList<>(needed);
                    more.add(new Guard(c.condition(), wanted, before));
                    unfold(wanted ? c.then() : c.otherwise(), more);
                }
            } else {
                operations.add(operation);
                guards.add(needed);
                recorded += (int) operation.results();
            }
        }
    }

    private Map<String, Double> solve() {
        double[] re = new double[1 << qubits];
        re[0] = 1;
        follow(0, 0, new Branch(re, new double[1 << qubits], 1, "", false, "", 0));
        return law;
    }

    /** Follows a branch from part {@code part} of operation {@code k}. */
    private void follow(int k, int part, Branch b) {
        if (b.p < 1e-14) {
            return;
        }
        if (k == operations.size()) {
            law.merge(detectors ? b.detectors + " " + b.observables : b.record, b.p, Double::sum);
            return;
        }
        if (part == 0 && !guards.get(k).stream().allMatch(g -> g.holds(b.record))) {
            follow(k + 1, 0, b);
            return;
        }
        switch (operations.get(k)) {
            case GateOperation g -> {
                Branch next = b;
                for (int i = 0; i < g.targets().size(); i += g.gate().qubits()) {
                    next = gate(g, g.targets().slice(i, i + g.gate().qubits()), next);
                }
                follow(k + 1, 0, next);
            }
            case PauliPhase p -> {
                Branch next = b;
                for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                    next = phase(product, p.dagger(), next);
                }
                follow(k + 1, 0, next);
            }
            case Reset r -> {
                if (part == r.targets().size()) {
                    follow(k + 1, 0, b);
                    return;
                }
                Targets letter = letter(r.basis(), r.targets().get(part));
                for (int value = 0; value < 2; value++) {
                    Branch next = project(letter, false, value, b);
                    if (value == 1) {
                        next = pauli(flipOf(r.basis(), r.targets().get(part)), next);
                    }
                    follow(k, part + 1, next);
                }
            }
            case Measurement m -> measurement(m, k, part, b);
            case NoiseOperation n -> noise(n, k, part, b);
            case Detector d -> follow(k + 1, 0, with(b, b.detectors + parity(d.targets(), b)));
            case ObservableInclude o ->
                    follow(
                            k + 1,
                            0,
                            new Branch(
                                    b.re,
                                    b.im,
                                    b.p,
                                    b.record,
                                    b.hit,
                                    b.detectors,
                                    b.observables
                                            ^ (long) parity(o.targets(), b) << o.observable()));
            default -> follow(k + 1, 0, b);
        }
    }

    private static Branch with(Branch b, String detectors) {
        return new Branch(b.re, b.im, b.p, b.record, b.hit, detectors, b.observables);
    }

    private static int parity(Targets records, Branch b) {
        int sum = 0;
        for (int i = 0; i < records.size(); i++) {
            sum ^= b.record.charAt(b.record.length() - records.value(i)) - '0';
        }
        return sum;
    }

    private static Targets letter(Pauli pauli, int qubit) {
        return Targets.of(Target.pauli(pauli, qubit));
    }

    private static Targets flipOf(Pauli basis, int qubit) {
        return letter(basis == Pauli.Z ? Pauli.X : Pauli.Z, qubit);
    }

    private void measurement(Measurement m, int k, int part, Branch b) {
        List<PauliProduct> products;
        if (m.targets().stream().anyMatch(Target::isPauli)) {
            products = PauliProduct.split("MPP", m.targets());
        } else {
            products = new ArrayList<>();
            int step = Math.max(1, m.kind().qubits());
            for (int i = 0; i < m.targets().size(); i += step) {
                int[] letters = new int[step];
                boolean negative = false;
                for (int j = 0; j < step; j++) {
                    negative ^= Target.isInverted(m.targets().get(i + j));
                    letters[j] =
                            m.kind().basis() == Pauli.I
                                    ? m.targets().value(i + j)
                                    : Target.pauli(m.kind().basis(), m.targets().value(i + j));
                }
                products.add(new PauliProduct(Targets.of(letters), negative));
            }
        }
        if (part == products.size()) {
            follow(k + 1, 0, b);
            return;
        }
        PauliProduct product = products.get(part);
        for (int value = 0; value < 2; value++) {
            Branch next;
            if (m.kind().basis() == Pauli.I
                    && m.kind().qubits() == 0
                    && !m.targets().stream().anyMatch(Target::isPauli)) {
                next = value == product.letters().get(0) ? b : scaled(b, 0);
            } else {
                next = project(product.letters(), product.negative(), value, b);
            }
            if (m.kind().resets() && (value == 1) != product.negative()) {
                next = pauli(flipOf(m.kind().basis(), product.letters().value(0)), next);
            }
            for (int flip = 0; flip < 2; flip++) {
                double p = flip == 1 ? m.flipProbability() : 1 - m.flipProbability();
                Branch s = scaled(next, p);
                follow(
                        k,
                        part + 1,
                        new Branch(
                                s.re,
                                s.im,
                                s.p,
                                s.record + (value ^ flip),
                                s.hit,
                                s.detectors,
                                s.observables));
            }
        }
    }

    private static Branch scaled(Branch b, double p) {
        return new Branch(b.re, b.im, b.p * p, b.record, b.hit, b.detectors, b.observables);
    }

    private void noise(NoiseOperation n, int k, int part, Branch b) {
        int arity = n.noise().qubits();
        if (arity == 0) {
            double p = n.arguments().getFirst();
            boolean blocked = n.noise() == Noise.ELSE_CORRELATED_ERROR && b.hit;
            Branch cleared =
                    new Branch(b.re, b.im, b.p, b.record, blocked, b.detectors, b.observables);
            if (blocked) {
                follow(k + 1, 0, cleared);
                return;
            }
            Branch hit = scaled(pauli(n.targets(), b), p);
            follow(
                    k + 1,
                    0,
                    new Branch(
                            hit.re,
                            hit.im,
                            hit.p,
                            hit.record,
                            true,
                            hit.detectors,
                            hit.observables));
            follow(k + 1, 0, scaled(cleared, 1 - p));
            return;
        }
        if (part == n.targets().size() / arity) {
            follow(k + 1, 0, b);
            return;
        }
        double p = n.arguments().isEmpty() ? 0 : n.arguments().getFirst();
        double[] each = new double[1 << 2 * arity];
        switch (n.noise()) {
            case X_ERROR -> each[1] = p;
            case Y_ERROR -> each[2] = p;
            case Z_ERROR -> each[3] = p;
            case DEPOLARIZE1, DEPOLARIZE2 ->
                    java.util.Arrays.fill(each, 1, each.length, p / (each.length - 1));
            case PAULI_CHANNEL_1, PAULI_CHANNEL_2 -> {
                for (int i = 1; i < each.length; i++) {
                    each[i] = n.arguments().get(i - 1);
                }
            }
            case HERALDED_ERASE -> java.util.Arrays.fill(each, p / 4);
            case HERALDED_PAULI_CHANNEL_1 -> {
                for (int i = 0; i < 4; i++) {
                    each[i] = n.arguments().get(i);
                }
            }
            default -> {}
        }
        double none = 1;
        for (int i = 0; i < each.length; i++) {
            none -= each[i];
            if (each[i] > 0) {
                Branch next = b;
                for (int j = 0; j < arity; j++) {
                    Pauli letter = Pauli.values()[i >> 2 * (arity - 1 - j) & 3];
                    if (letter != Pauli.I) {
                        next = pauli(letter(letter, n.targets().get(part * arity + j)), next);
                    }
                }
                follow(k, part + 1, heralded(scaled(next, each[i]), n, "1"));
            }
        }
        follow(k, part + 1, heralded(scaled(b, none), n, "0"));
    }

    private static Branch heralded(Branch b, NoiseOperation n, String bit) {
        return n.noise().isHeralded()
                ? new Branch(b.re, b.im, b.p, b.record + bit, b.hit, b.detectors, b.observables)
                : b;
    }

    private Branch gate(GateOperation g, Targets targets, Branch b) {
        if (targets.stream().anyMatch(Target::isClassical)) {
            int classical = Target.isClassical(targets.get(0)) ? 0 : 1;
            Pauli pauli =
                    switch ((StandardGate) g.gate()) {
                        case CX, XCZ -> Pauli.X;
                        case CY, YCZ -> Pauli.Y;
                        default -> Pauli.Z;
                    };
            boolean on =
                    Target.isRecord(targets.get(classical))
                            && parity(targets.slice(classical, classical + 1), b) == 1;
            return on ? pauli(letter(pauli, targets.get(1 - classical)), b) : b;
        }
        return multiply(g.gate().matrix(g.values()), targets.toArray(), b);
    }

    private static Branch multiply(ComplexMatrix u, int[] targets, Branch b) {
        int n = b.re.length;
        double[] re = new double[n];
        double[] im = new double[n];
        for (int row = 0; row < n; row++) {
            int r = 0;
            int rest = row;
            for (int j = 0; j < targets.length; j++) {
                r |= (row >> targets[j] & 1) << j;
                rest &= ~(1 << targets[j]);
            }
            for (int c = 0; c < u.columns(); c++) {
                int column = rest;
                for (int j = 0; j < targets.length; j++) {
                    column |= (c >> j & 1) << targets[j];
                }
                re[row] += u.re(r, c) * b.re[column] - u.im(r, c) * b.im[column];
                im[row] += u.re(r, c) * b.im[column] + u.im(r, c) * b.re[column];
            }
        }
        return new Branch(re, im, b.p, b.record, b.hit, b.detectors, b.observables);
    }

    private static Branch pauli(Targets letters, Branch b) {
        Branch next = b;
        for (int j = 0; j < letters.size(); j++) {
            StandardGate gate = StandardGate.valueOf(Target.pauli(letters.get(j)).name());
            next = multiply(gate.matrix(), new int[] {letters.value(j)}, next);
        }
        return next;
    }

    /** The unnormalised projection's norm goes to the probability. */
    private static Branch project(Targets letters, boolean negative, int value, Branch b) {
        Branch flipped = pauli(letters, b);
        double sign = (value == 1) != negative ? -1 : 1;
        double[] re = new double[b.re.length];
        double[] im = new double[b.re.length];
        double norm = 0;
        for (int i = 0; i < re.length; i++) {
            re[i] = (b.re[i] + sign * flipped.re[i]) / 2;
            im[i] = (b.im[i] + sign * flipped.im[i]) / 2;
            norm += re[i] * re[i] + im[i] * im[i];
        }
        double scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
        for (int i = 0; i < re.length; i++) {
            re[i] *= scale;
            im[i] *= scale;
        }
        return new Branch(re, im, b.p * norm, b.record, b.hit, b.detectors, b.observables);
    }

    private static Branch phase(PauliProduct product, boolean dagger, Branch b) {
        // (1 + i)/2 + (1 - i)/2 P phases the -1 eigenspace by i.
        Branch flipped = pauli(product.letters(), b);
        double sign = product.negative() ? -1 : 1;
        double turn = dagger ? -0.5 : 0.5;
        double[] re = new double[b.re.length];
        double[] im = new double[b.re.length];
        for (int i = 0; i < re.length; i++) {
            re[i] =
                    0.5 * b.re[i]
                            - turn * b.im[i]
                            + sign * (0.5 * flipped.re[i] + turn * flipped.im[i]);
            im[i] =
                    0.5 * b.im[i]
                            + turn * b.re[i]
                            + sign * (0.5 * flipped.im[i] - turn * flipped.re[i]);
        }
        return new Branch(re, im, b.p, b.record, b.hit, b.detectors, b.observables);
    }
}
