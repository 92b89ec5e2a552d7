package org.jaket.circuit.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.HermitianEigen;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ChannelsTest {
    private static ComplexMatrix random(int rows, int columns, Random random) {
        double[] re = new double[rows * columns];
        double[] im = new double[rows * columns];
        for (int i = 0; i < re.length; i++) {
            re[i] = random.nextGaussian();
            im[i] = random.nextGaussian();
        }
        return ComplexMatrix.of(rows, columns, re, im);
    }

    /** A channel with random operators G_k (sum of G^dagger G)^(-1/2). */
    private static KrausChannel channel(int qubits, int operators, long seed) {
        Random random = new Random(seed);
        int d = 1 << qubits;
        List<ComplexMatrix> kraus = new ArrayList<>();
        ComplexMatrix sum = ComplexMatrix.identity(d).scale(0, 0);
        for (int k = 0; k < operators; k++) {
            kraus.add(random(d, d, random));
            sum = sum.plus(kraus.get(k).adjoint().times(kraus.get(k)));
        }
        HermitianEigen eigen = HermitianEigen.of(sum);
        double[] roots = new double[d];
        for (int k = 0; k < d; k++) {
            roots[k] = 1 / Math.sqrt(eigen.values()[k]);
        }
        ComplexMatrix root =
                eigen.vectors()
                        .times(ComplexMatrix.diagonal(roots, new double[d]))
                        .times(eigen.vectors().adjoint());
        return new KrausChannel("random", kraus.stream().map(k -> k.times(root)).toList());
    }

    private static ComplexMatrix applied(KrausChannel channel, ComplexMatrix rho) {
        ComplexMatrix sum = rho.scale(0, 0);
        for (ComplexMatrix k : channel.operators()) {
            sum = sum.plus(k.times(rho).times(k.adjoint()));
        }
        return sum;
    }

    private static ComplexMatrix density(int qubits, long seed) {
        ComplexMatrix g = random(1 << qubits, 1 << qubits, new Random(seed));
        ComplexMatrix rho = g.times(g.adjoint());
        return rho.scale(1 / rho.trace()[0], 0);
    }

    @Property(tries = 40)
    void everyFormGivesTheChannelBack(
            @ForAll @IntRange(min = 1, max = 2) int qubits,
            @ForAll @IntRange(min = 1, max = 5) int operators,
            @ForAll @IntRange int seed) {
        KrausChannel channel = channel(qubits, operators, seed);
        ComplexMatrix rho = density(qubits, seed + 1L);
        ComplexMatrix out = applied(channel, rho);
        for (KrausChannel same :
                List.of(
                        KrausChannel.ofSuperoperator("s", channel.superoperator()),
                        KrausChannel.ofChoi("c", channel.choi()),
                        KrausChannel.ofPauliTransfer("p", channel.pauliTransfer()))) {
            assertThat(applied(same, rho).distance(out)).isLessThan(1e-12);
            assertThat(same.operators()).hasSizeLessThanOrEqualTo(1 << 2 * qubits);
        }
    }

    // Tested by its definition: vec stacks columns.
    @Property(tries = 20)
    void theSuperoperatorActsOnColumns(@ForAll @IntRange int seed) {
        KrausChannel channel = channel(2, 3, seed);
        ComplexMatrix rho = density(2, seed);
        double[] re = new double[16];
        double[] im = new double[16];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                re[i + 4 * j] = rho.re(i, j);
                im[i + 4 * j] = rho.im(i, j);
            }
        }
        ComplexMatrix vector = channel.superoperator().times(ComplexMatrix.of(16, 1, re, im));
        ComplexMatrix out = applied(channel, rho);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(vector.re(i + 4 * j, 0)).isCloseTo(out.re(i, j), within(1e-12));
                assertThat(vector.im(i + 4 * j, 0)).isCloseTo(out.im(i, j), within(1e-12));
            }
        }
    }

    @Property(tries = 20)
    void compositionAndProductActAsTheyShould(@ForAll @IntRange int seed) {
        KrausChannel a = channel(1, 2, seed);
        KrausChannel b = channel(1, 3, seed + 1L);
        ComplexMatrix rho = density(1, seed);
        ComplexMatrix sigma = density(1, seed + 7L);
        assertThat(applied(a.then(b), rho).distance(applied(b, applied(a, rho)))).isLessThan(1e-12);
        ComplexMatrix both = applied(a.below(b), rho.below(sigma));
        assertThat(both.distance(applied(a, rho).below(applied(b, sigma)))).isLessThan(1e-12);
    }

    // exp(-t/T1) and exp(-t/T2), for both regimes of T2 and any temperature.
    @Property
    void relaxationDecaysExponentially(
            @ForAll @DoubleRange(min = 1, max = 100) double t1,
            @ForAll @DoubleRange(min = 0.01, max = 2) double ratio,
            @ForAll @DoubleRange(min = 0, max = 300) double time,
            @ForAll @DoubleRange(min = 0, max = 1) double excited) {
        double t2 = ratio * t1;
        KrausChannel relaxation = StandardChannels.thermalRelaxation(t1, t2, time, excited);
        ComplexMatrix rho = density(1, 3);
        ComplexMatrix out = applied(relaxation, rho);
        double e1 = Math.exp(-time / t1);
        double e2 = Math.exp(-time / t2);
        assertThat(out.re(1, 1)).isCloseTo(e1 * rho.re(1, 1) + (1 - e1) * excited, within(1e-12));
        assertThat(out.re(0, 1)).isCloseTo(e2 * rho.re(0, 1), within(1e-12));
        assertThat(out.im(0, 1)).isCloseTo(e2 * rho.im(0, 1), within(1e-12));
        // The average fidelity of relaxation is (3 + e1 + 2 e2) / 6, at any temperature.
        assertThat(relaxation.averageFidelity()).isCloseTo((3 + e1 + 2 * e2) / 6, within(1e-12));
    }

    @Test
    void theTwoRegimesOfRelaxationMeet() {
        KrausChannel below = StandardChannels.thermalRelaxation(50, 50, 13, 0.2);
        KrausChannel above = StandardChannels.thermalRelaxation(50, 50.0000000001, 13, 0.2);
        assertThat(below.superoperator().distance(above.superoperator())).isLessThan(1e-11);
        // T2 = 2 T1 at zero temperature is amplitude damping, two operators.
        KrausChannel limit = StandardChannels.thermalRelaxation(50, 100, 13, 0);
        double gamma = 1 - Math.exp(-13.0 / 50);
        assertThat(limit.superoperator())
                .satisfies(
                        s ->
                                assertThat(
                                                s.distance(
                                                        KrausChannel.amplitudeDamping(gamma)
                                                                .superoperator()))
                                        .isLessThan(1e-12));
        assertThat(limit.operators()).hasSize(2);
    }

    @Test
    void dampingMatchesItsClosedFormulae() {
        ComplexMatrix rho = density(1, 11);
        ComplexMatrix warm = applied(StandardChannels.generalizedAmplitudeDamping(0.3, 0.2), rho);
        assertThat(warm.re(1, 1)).isCloseTo(0.7 * rho.re(1, 1) + 0.3 * 0.2, within(1e-14));
        assertThat(warm.re(0, 1)).isCloseTo(Math.sqrt(0.7) * rho.re(0, 1), within(1e-14));
        ComplexMatrix phase = applied(StandardChannels.phaseDamping(0.4), rho);
        assertThat(phase.re(1, 1)).isCloseTo(rho.re(1, 1), within(1e-14));
        assertThat(phase.im(0, 1)).isCloseTo(Math.sqrt(0.6) * rho.im(0, 1), within(1e-14));
        ComplexMatrix reset = applied(StandardChannels.reset(0.2, 0.3), rho);
        assertThat(reset.re(1, 1)).isCloseTo(0.5 * rho.re(1, 1) + 0.3, within(1e-14));
        assertThat(reset.re(0, 1)).isCloseTo(0.5 * rho.re(0, 1), within(1e-14));
    }

    // (1 - lambda) rho + lambda I / d; average fidelity 1 - lambda (1 - 1/d).
    @Test
    void depolarisingMixesWithTheIdentity() {
        for (int n = 1; n <= 2; n++) {
            ComplexMatrix rho = density(n, 5);
            double d = 1 << n;
            KrausChannel channel = StandardChannels.depolarizing(n, 0.3);
            ComplexMatrix expected =
                    rho.scale(0.7, 0).plus(ComplexMatrix.identity(1 << n).scale(0.3 / d, 0));
            assertThat(applied(channel, rho).distance(expected)).isLessThan(1e-14);
            assertThat(channel.averageFidelity()).isCloseTo(1 - 0.3 * (1 - 1 / d), within(1e-14));
            // The Pauli transfer matrix is diagonal: 1, then 1 - lambda.
            double[] diagonal = new double[1 << 2 * n];
            java.util.Arrays.fill(diagonal, 0.7);
            diagonal[0] = 1;
            assertThat(
                            channel.pauliTransfer()
                                    .distance(
                                            ComplexMatrix.diagonal(
                                                    diagonal, new double[diagonal.length])))
                    .isLessThan(1e-14);
        }
    }

    @Test
    void pauliChannelsNameTheHighestQubitFirst() {
        KrausChannel channel = StandardChannels.pauli(Map.of("XI", 1.0));
        assertThat(channel.operators()).hasSize(1);
        assertThat(
                        channel.operators()
                                .getFirst()
                                .distance(ComplexMatrix.identity(2).below(StandardGate.X.matrix())))
                .isZero();
    }

    @Test
    void mapsThatAreNoChannelsAreRefused() {
        ComplexMatrix transpose =
                ComplexMatrix.real(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);
        assertThatThrownBy(() -> KrausChannel.ofSuperoperator("transpose", transpose))
                .hasMessageContaining("transpose is not completely positive")
                .hasMessageContaining("-1");
        assertThatThrownBy(
                        () -> KrausChannel.ofChoi("half", ComplexMatrix.identity(4).scale(0.4, 0)))
                .hasMessageContaining("half do not preserve the trace");
        assertThatThrownBy(
                        () ->
                                KrausChannel.ofPauliTransfer(
                                        "odd", ComplexMatrix.identity(4).scale(0, 1)))
                .hasMessageContaining("Hermitian");
        assertThatThrownBy(() -> KrausChannel.ofChoi("c", ComplexMatrix.identity(8)))
                .hasMessageContaining("4^n");
        assertThatThrownBy(() -> StandardChannels.thermalRelaxation(10, 21, 1, 0))
                .hasMessageContaining("T2 = 21.0 above 2 T1 = 20.0");
        assertThatThrownBy(() -> StandardChannels.thermalRelaxation(-1, 1, 1, 0))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> StandardChannels.thermalRelaxation(1, 1, Double.NaN, 0))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> StandardChannels.depolarizing(1, 1.4)).hasMessageContaining("1.4");
        assertThatThrownBy(() -> StandardChannels.pauli(Map.of("XQ", 0.1)))
                .hasMessageContaining("XQ");
    }

    @Test
    void eigenvaluesOfAHermitianMatrixRebuildIt() {
        ComplexMatrix g = random(9, 9, new Random(2));
        ComplexMatrix h = g.plus(g.adjoint());
        HermitianEigen eigen = HermitianEigen.of(h);
        ComplexMatrix rebuilt =
                eigen.vectors()
                        .times(ComplexMatrix.diagonal(eigen.values(), new double[9]))
                        .times(eigen.vectors().adjoint());
        assertThat(rebuilt.distance(h)).isLessThan(1e-12);
        assertThat(eigen.vectors().isUnitary(1e-12)).isTrue();
    }
}
