package org.jaket.statevector.sparse;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Circuits of every kind of gate on random qubits. */
final class RandomCircuits {
    private RandomCircuits() {}

    /** Gates alone. */
    static Circuit unitary(int qubits, int gates, long seed) {
        Random random = new Random(seed);
        return Circuit.of(
                qubits,
                c -> {
                    for (int k = 0; k < gates; k++) {
                        gate(c, qubits, random);
                    }
                });
    }

    private static void gate(CircuitBuilder c, int qubits, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> controlled(c, qubits, random);
            case 1 -> {
                int[] targets = targets(1 + random.nextInt(Math.min(3, qubits)), qubits, random);
                c.unitary(unitaryMatrix(1 << targets.length, random), targets);
            }
            case 2 -> product(c, qubits, random);
            case 3 -> defined(c, qubits, random);
            default -> {
                StandardGate gate = named(qubits, random);
                c.gate(gate, angles(gate, random), targets(gate.qubits(), qubits, random));
            }
        }
    }

    private static StandardGate named(int qubits, Random random) {
        StandardGate[] all = StandardGate.values();
        while (true) {
            StandardGate gate = all[random.nextInt(all.length)];
            if (gate.qubits() <= qubits) {
                return gate;
            }
        }
    }

    private static void controlled(CircuitBuilder c, int qubits, Random random) {
        StandardGate base = named(qubits, random);
        int controls = random.nextInt(qubits - base.qubits() + 1);
        if (controls == 0) {
            return;
        }
        Gate gate = base.controlled(controls, random.nextLong(1L << controls));
        c.gate(gate, angles(base, random), targets(gate.qubits(), qubits, random));
    }

    private static void product(CircuitBuilder c, int qubits, Random random) {
        int[] chosen = targets(1 + random.nextInt(qubits), qubits, random);
        int[] targets = new int[2 * chosen.length - 1];
        for (int k = 0; k < chosen.length; k++) {
            Pauli letter = List.of(Pauli.X, Pauli.Y, Pauli.Z).get(random.nextInt(3));
            int target = Target.pauli(letter, chosen[k]);
            targets[2 * k] = random.nextInt(4) == 0 ? Target.inverted(target) : target;
            if (k > 0) {
                targets[2 * k - 1] = Target.COMBINER;
            }
        }
        c.append(
                random.nextBoolean()
                        ? new PauliPhase(random.nextBoolean(), Targets.of(targets), "")
                        : new PauliRotation(
                                Expression.of(random.nextDouble() * 6), Targets.of(targets), ""));
    }

    private static void defined(CircuitBuilder c, int qubits, Random random) {
        int size = 1 + random.nextInt(Math.min(2, qubits));
        Circuit body =
                Circuit.of(
                        size,
                        b -> {
                            b.h(0).t(0).rx(0.3, size - 1);
                            if (size == 2) {
                                b.cp(0.4, 0, 1);
                            }
                        });
        c.gate(body.toGate("body").power(random.nextInt(3) - 1), targets(size, qubits, random));
    }

    static int[] targets(int count, int qubits, Random random) {
        List<Integer> all = new ArrayList<>();
        for (int q = 0; q < qubits; q++) {
            all.add(q);
        }
        java.util.Collections.shuffle(all, random);
        return all.subList(0, count).stream().mapToInt(q -> q).toArray();
    }

    private static List<Expression> angles(Gate gate, Random random) {
        List<Expression> angles = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            angles.add(Expression.of(random.nextDouble() * 8 - 4));
        }
        return angles;
    }

    /** Gram and Schmidt's columns of a Gaussian matrix. */
    private static ComplexMatrix unitaryMatrix(int n, Random random) {
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int c = 0; c < n; c++) {
            for (int r = 0; r < n; r++) {
                re[c][r] = random.nextGaussian();
                im[c][r] = random.nextGaussian();
            }
            for (int p = 0; p <= c; p++) {
                double x = 0;
                double y = 0;
                for (int r = 0; r < n; r++) {
                    x += re[p][r] * re[c][r] + im[p][r] * im[c][r];
                    y += re[p][r] * im[c][r] - im[p][r] * re[c][r];
                }
                for (int r = 0; r < n; r++) {
                    if (p == c) {
                        re[c][r] /= Math.sqrt(x);
                        im[c][r] /= Math.sqrt(x);
                    } else {
                        re[c][r] -= x * re[p][r] - y * im[p][r];
                        im[c][r] -= x * im[p][r] + y * re[p][r];
                    }
                }
            }
        }
        double[] flatRe = new double[n * n];
        double[] flatIm = new double[n * n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                flatRe[r * n + c] = re[c][r];
                flatIm[r * n + c] = im[c][r];
            }
        }
        return ComplexMatrix.of(n, n, flatRe, flatIm);
    }
}
