package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The group of Clifford operations, their circuits, matrices and states. */
class TableauAlgebraTest {
    /** Largest difference up to a global phase: U V^dagger is a multiple of the identity. */
    private static double apart(ComplexMatrix u, ComplexMatrix v) {
        ComplexMatrix product = u.times(v.adjoint());
        double re = product.re(0, 0);
        double im = product.im(0, 0);
        return product.scale(re, -im).distance(ComplexMatrix.identity(u.rows()));
    }

    @Property(seed = "1", tries = 60)
    void compositionIsTheProductOfMatrices(
            @ForAll @IntRange(min = 1, max = 3) int n, @ForAll long a, @ForAll long b) {
        Tableau first = Tableau.random(n, a);
        Tableau second = Tableau.random(n, b);
        ComplexMatrix product = second.toMatrix().times(first.toMatrix());
        assertThat(apart(first.then(second).toMatrix(), product)).isLessThan(1e-9);
        assertThat(apart(first.inverse().toMatrix(), first.toMatrix().adjoint())).isLessThan(1e-9);
        assertThat(Tableau.ofMatrix(product)).isEqualTo(first.then(second));
    }

    @Property(seed = "2", tries = 60)
    void inversesAndPowersCancel(
            @ForAll @IntRange(min = 0, max = 90) int n,
            @ForAll @IntRange(min = 0, max = 9) int k,
            @ForAll long seed) {
        Tableau t = Tableau.random(n, seed);
        assertThat(t.then(t.inverse())).isEqualTo(Tableau.identity(n));
        assertThat(t.inverse().then(t)).isEqualTo(Tableau.identity(n));
        Tableau power = Tableau.identity(n);
        for (int i = 0; i < k; i++) {
            power = power.then(t);
        }
        assertThat(t.raisedTo(k)).isEqualTo(power);
        assertThat(t.raisedTo(-k)).isEqualTo(power.inverse());
    }

    @Property(seed = "3", tries = 60)
    void circuitsDoTheOperation(@ForAll @IntRange(min = 0, max = 70) int n, @ForAll long seed) {
        Tableau t = Tableau.random(n, seed);
        Circuit circuit = t.toCircuit();
        assertThat(circuit.qubits()).isEqualTo(n);
        assertThat(Tableau.of(circuit)).isEqualTo(t);
    }

    @Property(seed = "4", tries = 60)
    void graphStatesAreTheState(@ForAll @IntRange(min = 1, max = 70) int n, @ForAll long seed) {
        Tableau t = Tableau.random(n, seed);
        String text = t.toGraphStateCircuit().toStim();
        assertThat(text).startsWith("RX").doesNotContain("CX", "M");
        Tableau prepared =
                Tableau.of(Circuit.of(n, c -> c.add(Circuit.stim(text.replaceFirst("RX", "H")))));
        assertThat(prepared.canonicalStabilizers()).isEqualTo(t.canonicalStabilizers());
    }

    @Property(seed = "5", tries = 60)
    void stabilizersComeBack(@ForAll @IntRange(min = 0, max = 70) int n, @ForAll long seed) {
        Tableau t = Tableau.random(n, seed);
        assertThat(Tableau.ofStabilizers(t.stabilizers()).stabilizers()).isEqualTo(t.stabilizers());
        assertIsClifford(Tableau.ofStabilizers(t.stabilizers()));
        List<PauliString> few = new ArrayList<>();
        for (int k = 0; k < n / 2; k++) {
            few.add(t.z(k));
            few.add(k == 0 ? t.z(0) : t.z(k).times(t.z(k - 1)));
        }
        if (!few.isEmpty()) {
            Tableau loose =
                    Tableau.ofStabilizers(
                            few, Tableau.Allow.REDUNDANT, Tableau.Allow.UNDERCONSTRAINED);
            assertThat(loose.stabilizers().subList(0, n / 2))
                    .isEqualTo(t.stabilizers().subList(0, n / 2));
            assertIsClifford(loose);
        }
    }

    private static void assertIsClifford(Tableau t) {
        int n = t.qubits();
        List<PauliString> xs = IntStream.range(0, n).mapToObj(t::x).toList();
        assertThat(Tableau.ofImages(xs, t.stabilizers())).isEqualTo(t);
    }

    @Property(seed = "6", tries = 60)
    void stateVectorsAreEigenvectorsOfTheirStabilizers(
            @ForAll @IntRange(min = 0, max = 5) int n, @ForAll long seed) {
        Tableau t = Tableau.random(n, seed);
        ComplexMatrix state = t.toStateVector();
        for (PauliString s : t.stabilizers()) {
            assertThat(s.toMatrix().times(state).distance(state)).isLessThan(1e-9);
        }
        ComplexMatrix turned = state.scale(0.6, -2.3);
        assertThat(Tableau.ofStateVector(turned).canonicalStabilizers())
                .isEqualTo(t.canonicalStabilizers());
    }

    @Property(seed = "7", tries = 60)
    void placedOperationsAreTheirMatricesPlaced(@ForAll long a, @ForAll long b) {
        Tableau large = Tableau.random(3, a);
        Tableau small = Tableau.random(2, b);
        Circuit placed = Circuit.of(3, c -> c.append(CircuitPlace.of(small, 2, 0)));
        Tableau wide = Tableau.of(placed);
        assertThat(large.append(small, 2, 0)).isEqualTo(large.then(wide));
        assertThat(large.prepend(small, 2, 0)).isEqualTo(wide.then(large));
        PauliString p = PauliString.random(3, a);
        assertThat(small.apply(p, 2, 0)).isEqualTo(wide.apply(p));
    }

    /** A tableau as a gate of its matrix on given targets. */
    private static final class CircuitPlace {
        static org.jaket.circuit.Operation of(Tableau t, int... targets) {
            return org.jaket.circuit.GateOperation.of(
                    new org.jaket.circuit.gate.MatrixGate("placed", t.toMatrix()), targets);
        }
    }

    @Property(seed = "8", tries = 60)
    void tensorsAreBeside(@ForAll long a, @ForAll long b) {
        Tableau low = Tableau.random(2, a);
        Tableau high = Tableau.random(1, b);
        ComplexMatrix product = low.toMatrix().below(high.toMatrix());
        assertThat(apart(low.tensor(high).toMatrix(), product)).isLessThan(1e-9);
    }

    /** The orders of the Clifford group modulo phases, and of the symplectic group. */
    @Test
    void allOperationsAreFound() {
        assertThat(Tableau.all(1, true).distinct()).hasSize(24);
        assertThat(Tableau.all(1, false)).hasSize(6);
        assertThat(Tableau.all(2, true).distinct()).hasSize(11_520);
        assertThat(Tableau.all(2, false).distinct()).hasSize(720);
    }

    /**
     * 24,000 draws of 24 operations: chi squared with 23 degrees of freedom is beyond 60 once in
     * 2.7 * 10^4 draws; the seeds are fixed.
     */
    @Test
    void randomOperationsAreUniform() {
        Map<Tableau, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 24_000; seed++) {
            counts.merge(Tableau.random(1, seed), 1, Integer::sum);
        }
        assertThat(counts).hasSize(24);
        double chi =
                counts.values().stream().mapToDouble(c -> (c - 1000.0) * (c - 1000) / 1000).sum();
        assertThat(chi).isLessThan(60);
    }

    /**
     * All 720 classes of two-qubit operations modulo signs come up; with 720 * 20 draws chi squared
     * has mean 719 and deviation 38.
     */
    @Test
    void randomOperationsOnTwoQubitsAreUniform() {
        Map<String, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 14_400; seed++) {
            counts.merge(Tableau.random(2, seed).toString().replace('-', '+'), 1, Integer::sum);
        }
        assertThat(counts).hasSize(720);
        double chi = counts.values().stream().mapToDouble(c -> (c - 20.0) * (c - 20) / 20).sum();
        assertThat(chi).isBetween(719 - 190.0, 719 + 190.0);
    }

    @Test
    void largeOperationsComposeAndInvert() {
        Tableau t = Tableau.random(300, 1);
        assertThat(t.then(t.inverse())).isEqualTo(Tableau.identity(300));
    }

    /** The text of stim.Tableau.from_circuit's example: S 0, CZ 1 2. */
    @Test
    void textIsStims() {
        assertThat(Tableau.of(Circuit.stim("S 0\nCZ 1 2")))
                .hasToString("+-xz-xz-xz-\n| ++ ++ ++\n| YZ __ __\n| __ XZ Z_\n| __ Z_ XZ");
        assertThat(Tableau.of(PauliString.stim("XZ")))
                .hasToString("+-xz-xz-\n| +- -+\n| XZ __\n| __ XZ");
    }

    @Test
    void paulisAreTableaux() {
        PauliString p = PauliString.stim("XYZ_");
        Tableau t = Tableau.of(p);
        assertThat(t.toPauliString()).isEqualTo(p);
        assertThat(t.apply(PauliString.stim("ZZZZ"))).isEqualTo(PauliString.stim("ZZZZ"));
        assertThat(t.xSign(1)).isEqualTo(-1);
        assertThat(t.zSign(1)).isEqualTo(-1);
        assertThat(t.ySign(1)).isEqualTo(1);
        assertThatThrownBy(Tableau.of(StandardGate.H)::toPauliString)
                .hasMessage("The operation is not a Pauli string: X0 goes to +Z and Z0 to +X.");
    }

    @Test
    void gatesHaveTableaux() {
        Tableau cx = Tableau.of(StandardGate.CX);
        assertThat(cx.x(0)).isEqualTo(PauliString.stim("XX"));
        assertThat(cx.x(0, 1)).isEqualTo(Pauli.X);
        assertThat(cx.y(1, 0)).isEqualTo(Pauli.Z);
        assertThat(cx.inverseY(1)).isEqualTo(PauliString.stim("ZY"));
        assertThat(Tableau.of(StandardGate.RX, Math.PI / 2))
                .isEqualTo(Tableau.of(StandardGate.SQRT_X));
        assertThatThrownBy(() -> Tableau.of(StandardGate.T)).hasMessageContaining("not a Clifford");
    }

    @Test
    void wrongStabilizersAreNamed() {
        assertThatThrownBy(() -> Tableau.ofStabilizers(strings("XX", "Z_")))
                .hasMessage("Stabilisers 0 and 1, +XX and +Z_, anticommute.");
        assertThatThrownBy(() -> Tableau.ofStabilizers(strings("XX", "ZZ", "YY")))
                .hasMessageContaining("Stabiliser 2, +YY, contradicts those before it");
        assertThatThrownBy(() -> Tableau.ofStabilizers(strings("XX", "ZZ", "-YY")))
                .hasMessageContaining("Maybe allow redundant ones?");
        assertThatThrownBy(() -> Tableau.ofStabilizers(strings("XX")))
                .hasMessageContaining("1 independent stabilisers for 2 qubits");
        assertThatThrownBy(() -> Tableau.ofImages(strings("X_", "_X"), strings("Z_", "ZX")))
                .hasMessageContaining("must");
    }

    private static List<PauliString> strings(String... texts) {
        return java.util.Arrays.stream(texts).map(PauliString::stim).toList();
    }

    @Test
    void otherStatesAndMatricesAreRefused() {
        var random = new SplittableRandom(1);
        double[] re = random.doubles(4).toArray();
        ComplexMatrix state = ComplexMatrix.of(4, 1, re, new double[4]);
        assertThatThrownBy(() -> Tableau.ofStateVector(state))
                .hasMessage("The vector is not a stabiliser state.");
        // The three-qubit W state has support on indices that are no affine space.
        double[] w = {0, 1, 1, 0, 1, 0, 0, 0};
        assertThatThrownBy(() -> Tableau.ofStateVector(ComplexMatrix.of(8, 1, w, new double[8])))
                .hasMessage("The vector is not a stabiliser state.");
        assertThatThrownBy(() -> Tableau.ofMatrix(StandardGate.T.matrix()))
                .hasMessageContaining("does not map X0 to a Pauli string");
        assertThatThrownBy(() -> Tableau.ofMatrix(ComplexMatrix.real(1, 0, 0, 2)))
                .hasMessage("The matrix is not unitary.");
    }
}
