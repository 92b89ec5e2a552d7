package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.RunOptions;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class StateVectorTest {
    private static final StateVectorSimulator ENGINE = StateVectorSimulator.create();

    private static Circuit qft(int n) {
        return Circuit.of(
                n,
                c -> {
                    for (int j = n - 1; j >= 0; j--) {
                        c.h(j);
                        for (int k = j - 1; k >= 0; k--) {
                            c.cp(Math.PI / (1L << (j - k)), k, j);
                        }
                    }
                    for (int q = 0; q < n / 2; q++) {
                        c.swap(q, n - 1 - q);
                    }
                });
    }

    // QFT |x> has amplitude exp(2 pi i x k / 2^n) / sqrt(2^n) at k.
    @Test
    void fourierTransformOfABasisStateIsAWave() {
        for (int n : new int[] {1, 3, 7, 12, 17}) {
            long x = 0x15555 & ((1L << n) - 1);
            try (StateVector state = StateVector.basis(n, x)) {
                state.apply(qft(n));
                double a = Math.pow(2, -0.5 * n);
                Random random = new Random(n);
                for (int t = 0; t < 200; t++) {
                    long k = random.nextLong(1L << n);
                    double angle = 2 * Math.PI * (x * k % (1L << n)) / Math.scalb(1.0, n);
                    assertThat(state.re(k)).isCloseTo(a * Math.cos(angle), within(1e-13));
                    assertThat(state.im(k)).isCloseTo(a * Math.sin(angle), within(1e-13));
                }
                assertThat(state.norm()).isCloseTo(1, within(1e-13));
            }
        }
    }

    @Test
    void ghzHasTwoAmplitudes() {
        int n = 18;
        Circuit ghz =
                Circuit.of(
                        n,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < n; q++) {
                                c.cx(q - 1, q);
                            }
                        });
        try (StateVector state = ENGINE.state(ghz)) {
            assertThat(state.probability(0)).isCloseTo(0.5, within(1e-14));
            assertThat(state.probability((1L << n) - 1)).isCloseTo(0.5, within(1e-14));
            assertThat(state.expectation(PauliString.of("X".repeat(n))))
                    .isCloseTo(1, within(1e-14));
            assertThat(state.expectation(PauliString.of("Z" + "I".repeat(n - 2) + "Z")))
                    .isCloseTo(1, within(1e-14));
            assertThat(state.expectation(PauliString.of("Z" + "I".repeat(n - 1))))
                    .isCloseTo(0, within(1e-14));
        }
    }

    // 16 qubits: more than one block, so that masks reach outside of blocks.
    @Test
    void expectationValuesAgreeWithTheDefinition() {
        for (int n : new int[] {4, 16}) {
            Reference reference = Reference.random(n, 5);
            try (StateVector state = StateVector.of(reference.re, reference.im)) {
                Random random = new Random(6);
                // Leaves a frame that is not the identity.
                Circuit moved = Circuit.of(n, c -> c.swap(0, n - 1).x(1).x(n - 1));
                state.apply(moved);
                reference.apply(StandardGate.SWAP.matrix(), 0, n - 1);
                reference.apply(StandardGate.X.matrix(), 1);
                reference.apply(StandardGate.X.matrix(), n - 1);
                for (int round = 0; round < 12; round++) {
                    PauliString p = PauliString.identity(n);
                    for (int q = 0; q < n; q++) {
                        Pauli letter = Pauli.values()[random.nextInt(4)];
                        if (letter != Pauli.I) {
                            p = PauliString.single(n, q, letter).times(p);
                        }
                    }
                    assertThat(state.expectation(p))
                            .isCloseTo(expectation(reference, p), within(1e-12));
                }
            }
        }
    }

    private static double expectation(Reference state, PauliString p) {
        Reference image = new Reference(state.qubits);
        image.re = state.re.clone();
        image.im = state.im.clone();
        for (int q = 0; q < state.qubits; q++) {
            if (p.get(q) != Pauli.I) {
                image.apply(StandardGate.valueOf(p.get(q).name()).matrix(), q);
            }
        }
        double sum = 0;
        for (int i = 0; i < state.re.length; i++) {
            sum += state.re[i] * image.re[i] + state.im[i] * image.im[i];
        }
        return sum;
    }

    /** So large that tiles share sums: entries against the definition. */
    @Test
    void largeReducedStatesAgreeWithTheDefinition() {
        int n = 18;
        int rest = n - 10;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int q = 0; q < n; q++) {
                                c.ry(0.3 + q, q).rz(0.2 * q, q);
                            }
                            for (int q = 0; q < n; q++) {
                                c.cx(q, (q + 7) % n).ry(0.5 * q, q);
                            }
                        });
        int[] qubits = new int[10];
        Arrays.setAll(qubits, j -> rest + j);
        try (StateVector state = StateVectorSimulator.create().state(circuit)) {
            ComplexMatrix rho = state.densityMatrix(qubits);
            assertThat(rho.trace()[0]).isCloseTo(1, within(1e-12));
            for (int a = 0; a < 1024; a += 93) {
                for (int b = 0; b < 1024; b += 101) {
                    double re = 0;
                    double im = 0;
                    for (int r = 0; r < 1 << rest; r++) {
                        long i = (long) a << rest | r;
                        long j = (long) b << rest | r;
                        re += state.re(i) * state.re(j) + state.im(i) * state.im(j);
                        im += state.im(i) * state.re(j) - state.re(i) * state.im(j);
                    }
                    assertThat(rho.re(a, b)).isCloseTo(re, within(1e-14));
                    assertThat(rho.im(a, b)).isCloseTo(im, within(1e-14));
                }
            }
        }
    }

    /** 2^12 tiles of 2^21 numbers: more than an array holds. All but three are zero. */
    @Test
    void tenQubitsOfLargeStatesAreReduced() {
        Circuit circuit = Circuit.of(26, c -> c.h(0).cx(0, 1).cx(1, 25).ry(2 * Math.PI / 3, 24));
        try (StateVector state = StateVectorSimulator.of(Precision.SINGLE).state(circuit)) {
            ComplexMatrix rho = state.densityMatrix(0, 1, 2, 3, 4, 5, 6, 7, 8, 24);
            // Half 00, half 11, apart; times sin and cos of a third of pi.
            assertThat(rho.re(0, 0)).isCloseTo(0.125, within(1e-6));
            assertThat(rho.re(3, 3)).isCloseTo(0.125, within(1e-6));
            assertThat(rho.re(512 + 3, 3)).isCloseTo(Math.sqrt(3) / 8, within(1e-6));
            assertThat(rho.re(512 + 3, 512 + 3)).isCloseTo(0.375, within(1e-6));
            assertThat(rho.re(0, 3)).isZero();
            assertThat(rho.trace()[0]).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void reducedStatesAgreeWithTheDefinition() {
        int n = 6;
        Reference r = Reference.random(n, 8);
        try (StateVector state = StateVector.of(r.re, r.im)) {
            state.apply(Circuit.of(n, c -> c.swap(2, 4).x(2)));
            r.apply(StandardGate.SWAP.matrix(), 2, 4);
            r.apply(StandardGate.X.matrix(), 2);
            int[] qubits = {4, 0, 2};
            ComplexMatrix rho = state.densityMatrix(qubits);
            assertThat(rho.trace()[0]).isCloseTo(1, within(1e-14));
            for (int a = 0; a < 8; a++) {
                for (int b = 0; b < 8; b++) {
                    double re = 0;
                    double im = 0;
                    for (int rest = 0; rest < 64; rest++) {
                        if ((rest & 0b010101) != 0) {
                            continue;
                        }
                        int i = rest | spread(a);
                        int j = rest | spread(b);
                        re += r.re[i] * r.re[j] + r.im[i] * r.im[j];
                        im += r.im[i] * r.re[j] - r.re[i] * r.im[j];
                    }
                    assertThat(rho.re(a, b)).isCloseTo(re, within(1e-14));
                    assertThat(rho.im(a, b)).isCloseTo(im, within(1e-14));
                }
            }
            double[] marginal = state.probabilities(qubits);
            for (int a = 0; a < 8; a++) {
                assertThat(marginal[a]).isCloseTo(rho.re(a, a), within(1e-14));
            }
        }
    }

    private static int spread(int row) {
        return (row & 1) << 4 | (row >> 1 & 1) | (row >> 2 & 1) << 2;
    }

    @Test
    void productStatesHaveProductAmplitudes() {
        try (StateVector state =
                StateVector.product(
                        new double[] {1, 0, 0, 0},
                        new double[] {1, 0, 0, 1},
                        new double[] {0, 0, 0, -2})) {
            // |0> on qubit 0, (|0> + i|1>)/sqrt 2 on qubit 1, -i|1> on qubit 2.
            double s = Math.sqrt(0.5);
            assertThat(state.im(0b100)).isCloseTo(-s, within(1e-15));
            assertThat(state.re(0b110)).isCloseTo(s, within(1e-15));
            assertThat(state.probability(0b001)).isZero();
        }
    }

    @Test
    void innerProductsSeeThroughRenamedQubits() {
        Circuit a = Circuit.of(7, c -> c.h(0, 1, 2).t(1).cx(0, 3).swap(2, 5).x(6));
        Circuit b = Circuit.of(7, c -> c.h(0, 1, 5).t(1).cx(0, 3).x(6));
        try (StateVector x = ENGINE.state(a);
                StateVector y = ENGINE.state(b)) {
            assertThat(x.fidelity(y)).isCloseTo(1, within(1e-14));
            y.apply(Circuit.of(7, c -> c.z(0)));
            assertThat(x.fidelity(y)).isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void largeStatesAreTheSameOnAnyNumberOfThreads() {
        int n = 17;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int layer = 0; layer < 3; layer++) {
                                for (int q = 0; q < n; q++) {
                                    c.u(q + layer, 2 * q - layer, q * layer, q);
                                }
                                for (int q = layer % 2; q + 1 < n; q += 2) {
                                    c.cz(q, q + 1);
                                }
                            }
                        });
        try (StateVector one = ENGINE.state(circuit, 1, org.jaket.execution.Progress.NONE);
                StateVector three = ENGINE.state(circuit, 3, org.jaket.execution.Progress.NONE)) {
            for (long i = 0; i < 1L << n; i += 7) {
                assertThat(three.re(i)).isEqualTo(one.re(i));
                assertThat(three.im(i)).isEqualTo(one.im(i));
            }
            assertThat(three.norm()).isEqualTo(one.norm());
            PauliSum sum =
                    PauliSum.of("1.0*" + "X".repeat(n) + " + 0.5*" + "ZY" + "I".repeat(n - 2));
            assertThat(three.expectation(sum)).isEqualTo(one.expectation(sum));
            assertThat(three.sample(1000, 3)).containsExactly(one.sample(1000, 3));
        }
    }

    @Test
    void runsBeginInAGivenState() {
        try (StateVector initial = StateVector.basis(3, 0b101)) {
            Circuit circuit = Circuit.of(3, c -> c.cx(0, 1).measureAll());
            assertThat(ENGINE.run(circuit, RunOptions.shots(10).seed(1), initial).counts().counts())
                    .containsOnlyKeys("111");
            assertThat(initial.probability(0b101)).isEqualTo(1);
        }
    }

    @Test
    void aStateTooLargeIsRefusedWithBytesAndAdvice() {
        assertThatThrownBy(() -> StateVector.zero(39))
                .isInstanceOf(InsufficientMemoryException.class)
                .hasMessageContaining("8.0 TiB")
                .hasMessageContaining("are left");
        String refusal = ENGINE.refusal(Circuit.of(45, c -> c.h(44).measureAll()));
        assertThat(refusal).contains("45 qubits").contains("stabiliser");
        assertThatThrownBy(() -> StateVector.basis(3, 8)).hasMessageContaining("index");
        assertThatThrownBy(() -> StateVector.of(new double[3], new double[3]))
                .hasMessageContaining("power of two");
    }
}
