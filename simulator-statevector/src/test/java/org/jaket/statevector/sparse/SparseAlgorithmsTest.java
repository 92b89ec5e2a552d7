package org.jaket.statevector.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Circuits of many qubits whose states are known exactly. */
class SparseAlgorithmsTest {
    private static final SparseSimulator SPARSE = SparseSimulator.create();

    /**
     * Adds a to b: the ripple-carry adder of S. Cuccaro, T. Draper, S. Kutin and D. Moulton, 2004.
     *
     * @param b as long as a
     * @param carry in 0, and in 0 again afterwards
     * @param high takes the highest bit of the sum
     */
    private static void add(CircuitBuilder c, int[] a, int[] b, int carry, int high) {
        int n = a.length;
        for (int k = 0; k < n; k++) {
            int below = k == 0 ? carry : a[k - 1];
            c.cx(a[k], b[k]).cx(a[k], below).ccx(below, b[k], a[k]);
        }
        c.cx(a[n - 1], high);
        for (int k = n - 1; k >= 0; k--) {
            int below = k == 0 ? carry : a[k - 1];
            c.ccx(below, b[k], a[k]).cx(a[k], below).cx(below, b[k]);
        }
    }

    private static int[] range(int from, int size) {
        return IntStream.range(from, from + size).toArray();
    }

    private static void load(CircuitBuilder c, int[] register, long value) {
        for (int k = 0; k < register.length; k++) {
            if ((value >> k & 1) != 0) {
                c.x(register[k]);
            }
        }
    }

    @Test
    void anAdderOfFortyQubitsAddsInSuperposition() {
        int n = 19;
        int[] a = range(0, n);
        int[] b = range(n, n);
        long addend = 0x6f3a1;
        Circuit circuit =
                Circuit.of(
                        2 * n + 2,
                        c -> {
                            c.h(0, 1, 2).h(17, 18);
                            load(c, b, addend);
                            add(c, a, b, 2 * n, 2 * n + 1);
                        });
        SparseState state = SPARSE.state(circuit);
        assertThat(state.size()).isEqualTo(32);
        for (long low = 0; low < 8; low++) {
            for (long high = 0; high < 4; high++) {
                long x = low | high << 17;
                long sum = x + addend;
                long index = x | (sum & (1L << n) - 1) << n | sum >> n << 2 * n + 1;
                assertThat(state.re(index)).isCloseTo(Math.sqrt(1.0 / 32), within(1e-14));
            }
        }
    }

    @Test
    void aMultiplierOfThirtyOneQubitsMultiplies() {
        int n = 6;
        int[] a = range(0, n);
        int[] b = range(n, n);
        int[] partial = range(2 * n, n);
        int[] product = range(3 * n, 2 * n);
        Circuit circuit =
                Circuit.of(
                        5 * n + 1,
                        c -> {
                            c.h(a).h(b[0], b[3], b[5]).x(b[1]);
                            for (int i = 0; i < n; i++) {
                                for (int j = 0; j < n; j++) {
                                    c.ccx(a[i], b[j], partial[j]);
                                }
                                add(c, partial, range(3 * n + i, n), 5 * n, product[i + n]);
                                for (int j = 0; j < n; j++) {
                                    c.ccx(a[i], b[j], partial[j]);
                                }
                            }
                        });
        SparseState state = SPARSE.state(circuit);
        assertThat(state.size()).isEqualTo(64 * 8);
        for (long x = 0; x < 64; x++) {
            for (long y : new long[] {2, 3, 10, 11, 34, 35, 42, 43}) {
                long index = x | y << n | x * y << 3 * n;
                assertThat(state.probability(index)).isCloseTo(1.0 / 512, within(1e-14));
            }
        }
    }

    /** Multiplication by a number modulo another one, as a permutation matrix. */
    private static MatrixGate times(long factor, int modulus, int bits) {
        int size = 1 << bits;
        double[] re = new double[size * size];
        for (int x = 0; x < size; x++) {
            int image = x < modulus ? (int) (x * factor % modulus) : x;
            re[image * size + x] = 1;
        }
        return new MatrixGate(
                "times" + factor, ComplexMatrix.of(size, size, re, new double[size * size]));
    }

    private static Circuit orderFinding(int base, int modulus, int counting, int bits) {
        int[] work = range(counting, bits);
        return Circuit.of(
                counting + bits,
                c -> {
                    c.h(range(0, counting)).x(counting);
                    long power = base;
                    for (int k = 0; k < counting; k++) {
                        int[] targets =
                                IntStream.concat(IntStream.of(k), IntStream.of(work)).toArray();
                        c.gate(times(power, modulus, bits).controlled(), targets);
                        power = power * power % modulus;
                    }
                    // The inverse Fourier transform, with its qubits in reverse order at the end.
                    for (int k = counting - 1; k >= 0; k--) {
                        for (int j = counting - 1; j > k; j--) {
                            c.cp(-Math.PI / (1L << j - k), j, k);
                        }
                        c.h(k);
                    }
                    var result = c.register("y", counting);
                    for (int k = 0; k < counting; k++) {
                        c.measure(k, result.bit(counting - 1 - k));
                    }
                });
    }

    /**
     * Shor's order finding: the probability of y is the sum over remainders s of |sum over x = s
     * mod r of exp(2 pi i x y / 2^t)|^2 / 4^t.
     */
    @ParameterizedTest
    @CsvSource({"7, 15, 8, 4, 4", "4, 15, 8, 4, 2", "2, 21, 10, 5, 6", "5, 21, 10, 5, 6"})
    void orderFindingHasTheExactDistribution(
            int base, int modulus, int counting, int bits, int order) {
        Distribution found = SPARSE.probabilities(orderFinding(base, modulus, counting, bits));
        int size = 1 << counting;
        for (int y = 0; y < size; y++) {
            double expected = 0;
            for (int s = 0; s < order; s++) {
                double re = 0;
                double im = 0;
                for (int x = s; x < size; x += order) {
                    double angle = 2 * Math.PI * ((long) x * y % size) / size;
                    re += Math.cos(angle);
                    im += Math.sin(angle);
                }
                expected += (re * re + im * im) / size / size;
            }
            String text = Integer.toBinaryString(size | y).substring(1);
            assertThat(found.get(text)).as("y = " + y).isCloseTo(expected, within(1e-10));
        }
    }

    @Test
    void aGhzStateOfSixtyQubitsHasTwoAmplitudes() {
        Circuit circuit =
                Circuit.of(
                        60,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < 60; q++) {
                                c.cx(q - 1, q);
                            }
                        });
        SparseState state = SPARSE.state(circuit);
        assertThat(state.indices()).containsExactly(0, (1L << 60) - 1);
        assertThat(state.re((1L << 60) - 1)).isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(state.peak()).isEqualTo(2);
        assertThat(state.peakGate()).startsWith("H 0, gate number 1");
    }

    @Test
    void aWStateOfSixtyQubitsHasSixtyEqualAmplitudes() {
        int n = 60;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            c.x(0);
                            for (int q = 1; q < n; q++) {
                                c.cry(2 * Math.acos(Math.sqrt(1.0 / (n - q + 1))), q - 1, q);
                                c.cx(q, q - 1);
                            }
                        });
        SparseState state = SPARSE.state(circuit);
        assertThat(state.indices())
                .containsExactly(LongStream.range(0, n).map(q -> 1L << q).toArray());
        for (int q = 0; q < n; q++) {
            assertThat(state.probability(1L << q)).isCloseTo(1.0 / n, within(1e-13));
        }
    }

    /** Grover's search: after k rounds the marked state has probability sin^2((2k+1) theta). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 12, 25})
    void groverAmplifiesByTheExactFormula(int rounds) {
        int n = 10;
        int[] all = range(0, n);
        long marked = 0b1011001110;
        Circuit circuit =
                Circuit.of(
                        40,
                        c -> {
                            c.h(all);
                            var phase = StandardGate.Z.controlled(n - 1, (1L << n - 1) - 1);
                            for (int r = 0; r < rounds; r++) {
                                load(c, all, ~marked);
                                c.gate(phase, all);
                                load(c, all, ~marked);
                                c.h(all).x(all).gate(phase, all).x(all).h(all);
                            }
                        });
        double theta = Math.asin(Math.sqrt(1.0 / (1 << n)));
        double expected = Math.pow(Math.sin((2 * rounds + 1) * theta), 2);
        assertThat(SPARSE.state(circuit).probability(marked)).isCloseTo(expected, within(1e-11));
    }

    @Test
    void cancelledAmplitudesAreDroppedAndCounted() {
        SparseState state = SPARSE.state(Circuit.of(62, c -> c.h(61).t(61).tdg(61).h(61)));
        assertThat(state.indices()).containsExactly(0);
        assertThat(state.dropped()).isLessThan(1e-30);
    }

    @Test
    void tooManyAmplitudesAreRefusedWithThePlace() {
        Circuit circuit = Circuit.of(30, c -> c.h(range(0, 30)).measureAll());
        assertThatThrownBy(
                        () ->
                                SparseSimulator.limitedTo(1000)
                                        .run(circuit, RunOptions.shots(10).seed(1)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("up to 1024 amplitudes (24.0 KiB) at H 9, gate number 10")
                .hasMessageContaining("limit of 1000")
                .hasMessageContaining("statevector");
        SparseAmplitudes small = new SparseAmplitudes(new HeapBudget(100_000), Long.MAX_VALUE);
        assertThatThrownBy(
                        () ->
                                org.jaket.execution.trajectory.ElementaryGate.forEach(
                                        (org.jaket.circuit.GateOperation)
                                                circuit.operations().getFirst(),
                                        small::apply))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("97.7 KiB of the Java heap");
    }

    @Test
    void sixtyThreeQubitsAreRefused() {
        assertThat(SPARSE.refusal(Circuit.of(63, c -> c.h(0))))
                .contains("63 qubits")
                .contains("62");
        assertThat(SPARSE.refusal(Circuit.of(62, c -> c.h(0)))).isNull();
        assertThat(SPARSE.refusal(Circuit.stim("REPEAT 2 {\n LOSS_ERROR(0.1) 0\n}")))
                .contains("LOSS_ERROR");
    }

    @Test
    void statesAfterMeasurementAreSmallAgain() {
        Circuit circuit =
                Circuit.of(
                        20,
                        c -> {
                            for (int r = 0; r < 20; r++) {
                                c.h(range(0, 12));
                                c.measure(range(0, 12), c.register("m" + r, 12));
                            }
                        });
        var shots = SPARSE.run(circuit, RunOptions.shots(200).seed(3));
        // 200 x 240 fair bits: the number of ones is within five standard deviations.
        long ones = java.util.Arrays.stream(shots.words()).map(Long::bitCount).sum();
        assertThat((double) ones).isCloseTo(24_000, within(5 * Math.sqrt(12_000)));
    }
}
