package org.jaket.circuit.observable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.stream.Collectors;

/** The algebra of Pauli strings against matrices, and the texts that Stim's documentation shows. */
class PauliStringTest {
    @Property(seed = "1", tries = 200)
    void productsAreProductsOfMatrices(
            @ForAll @IntRange(min = 0, max = 4) int n, @ForAll long a, @ForAll long b) {
        PauliString p = PauliString.random(n, a).timesPhase((int) a & 1);
        PauliString q = PauliString.random(n, b);
        assertThat(p.times(q).toMatrix().distance(p.toMatrix().times(q.toMatrix()))).isZero();
        assertThat(p.commutesWith(q)).isEqualTo(p.times(q).equals(q.times(p)));
    }

    @Property(seed = "2", tries = 200)
    void matricesReadBack(@ForAll @IntRange(min = 0, max = 5) int n, @ForAll long seed) {
        PauliString p = PauliString.random(n, seed).timesPhase((int) seed & 3);
        assertThat(PauliString.ofMatrix(p.toMatrix())).isEqualTo(p);
    }

    @Property(seed = "3", tries = 200)
    void textsReadBack(@ForAll @IntRange(min = 0, max = 200) int n, @ForAll long seed) {
        PauliString p = PauliString.random(n, seed).timesPhase((int) seed & 3);
        assertThat(PauliString.of(p.toString())).isEqualTo(p);
        assertThat(PauliString.stim(p.toStim())).isEqualTo(p);
        assertThat(PauliString.sparse(n, p.toSparse())).isEqualTo(p);
    }

    @Property(seed = "4", tries = 100)
    void slicesAndTensorsUndoEachOther(
            @ForAll @IntRange(min = 1, max = 150) int n,
            @ForAll @IntRange(min = 0, max = 150) int at,
            @ForAll long seed) {
        PauliString p = PauliString.random(n, seed);
        int cut = at % (n + 1);
        assertThat(p.slice(0, cut).tensor(p.slice(cut, n)).timesPhase(p.phase())).isEqualTo(p);
        assertThat(p.support()).hasSize(p.weight());
    }

    /** The tensor product puts the first string on the low bits of an index. */
    @Test
    void tensorIsTheKroneckerProduct() {
        PauliString p = PauliString.stim("-XY");
        PauliString q = PauliString.stim("iZ");
        assertThat(p.tensor(q)).isEqualTo(PauliString.stim("-iXYZ"));
        assertThat(p.tensor(q).toMatrix().distance(p.toMatrix().below(q.toMatrix()))).isZero();
        assertThat(PauliString.stim("-X_").repeated(3)).isEqualTo(PauliString.stim("-X_X_X_"));
    }

    /** The eighteen strings in the documentation of stim.PauliString.iter_all. */
    @Test
    void enumerationIsInTheDocumentedOrder() {
        String text =
                PauliString.all(3, 1, 2, Pauli.X, Pauli.Z)
                        .map(PauliString::toStim)
                        .collect(Collectors.joining(" "));
        assertThat(text)
                .isEqualTo(
                        "+X__ +Z__ +_X_ +_Z_ +__X +__Z +XX_ +XZ_ +ZX_ +ZZ_ +X_X +X_Z +Z_X +Z_Z"
                                + " +_XX +_XZ +_ZX +_ZZ");
    }

    @Test
    void allStringsComeOnce() {
        assertThat(PauliString.all(4)).hasSize(256).doesNotHaveDuplicates();
        assertThat(PauliString.all(3, 2, 2)).hasSize(27).allMatch(p -> p.weight() == 2);
        assertThat(PauliString.all(0)).containsExactly(PauliString.identity(0));
        assertThat(PauliString.all(3, 4, 9)).isEmpty();
    }

    /** From the documentation of stim.PauliString.after and before. */
    @Test
    void documentedConjugations() {
        PauliString p = PauliString.stim("_XYZ");
        assertThat(p.after(StandardGate.H, 1)).isEqualTo(PauliString.stim("+_ZYZ"));
        assertThat(p.after(StandardGate.C_XYZ, 1, 2, 3)).isEqualTo(PauliString.stim("+_YZX"));
        assertThat(p.after(StandardGate.CZ, 0, 1)).isEqualTo(PauliString.stim("+ZXYZ"));
        assertThat(p.before(StandardGate.C_XYZ, 1, 2, 3)).isEqualTo(PauliString.stim("+_ZXY"));
    }

    @ParameterizedTest
    @EnumSource
    void gatesConjugateAsTheirMatricesDo(StandardGate gate) {
        int n = gate.qubits();
        if (n == 0 || !gate.isClifford()) {
            return;
        }
        ComplexMatrix u = gate.matrix();
        int[] targets = n == 1 ? new int[] {0} : new int[] {0, 1};
        PauliString.all(n)
                .forEach(
                        p -> {
                            PauliString image = p.after(gate, targets);
                            assertThat(
                                            u.times(p.toMatrix())
                                                    .times(u.adjoint())
                                                    .distance(image.toMatrix()))
                                    .as("%s of %s", gate, p)
                                    .isLessThan(1e-9);
                            assertThat(image.before(gate, targets)).isEqualTo(p);
                        });
    }

    /** The unitary of SPP is (1 + i)/2 + (1 - i)/2 Q, up to nothing. */
    @Test
    void squareRootsOfProductsConjugateAsTheirMatricesDo() {
        PauliString q = PauliString.stim("-XYZ");
        ComplexMatrix u =
                ComplexMatrix.identity(8).scale(0.5, 0.5).plus(q.toMatrix().scale(0.5, -0.5));
        Circuit spp = Circuit.stim("SPP !X0*Y1*Z2");
        Circuit back = Circuit.stim("SPP_DAG !X0*Y1*Z2");
        PauliString.all(3)
                .forEach(
                        p -> {
                            ComplexMatrix image = u.times(p.toMatrix()).times(u.adjoint());
                            assertThat(p.after(spp).toMatrix().distance(image)).isLessThan(1e-9);
                            assertThat(p.after(spp).before(spp)).isEqualTo(p);
                            assertThat(p.after(spp).after(back)).isEqualTo(p);
                        });
    }

    @Test
    void measurementsLetCommutingStringsPass() {
        PauliString zz = PauliString.stim("ZZ");
        assertThat(zz.after(Circuit.stim("MXX 0 1\nM 0\nMPP Z0*Z1"))).isEqualTo(zz);
        assertThatThrownBy(() -> zz.after(Circuit.stim("MX 0")))
                .isInstanceOf(CircuitException.class)
                .hasMessage("MX 0: anticommutes with +ZZ, whose value it makes random");
    }

    @Test
    void resetsTurnTheirBasisIntoTheIdentityBackwards() {
        assertThat(PauliString.stim("ZX").before(Circuit.stim("R 0\nRX 1")))
                .isEqualTo(PauliString.stim("__"));
        assertThatThrownBy(() -> PauliString.stim("X_").before(Circuit.stim("R 0")))
                .hasMessage("R 0: resets qubit 0, so +IX has no form beyond it");
    }

    @Test
    void noiseAndOtherGatesAreRefused() {
        PauliString p = PauliString.stim("XX");
        assertThatThrownBy(() -> p.after(Circuit.stim("X_ERROR(0.1) 0")))
                .hasMessageContaining("no definite form");
        assertThatThrownBy(() -> p.after(StandardGate.T, 0)).hasMessageContaining("not a Clifford");
        assertThatThrownBy(() -> p.after(StandardGate.H, 7)).hasMessageContaining("beyond");
    }

    @Test
    void repeatedQubitsOfSparseTextMultiply() {
        assertThat(PauliString.stim("X1*Y1")).isEqualTo(PauliString.stim("i_Z"));
        assertThat(PauliString.stim("-X5*Z7").toStim()).isEqualTo("-_____X_Z");
    }

    @Test
    void mistakesInTextAreNamed() {
        assertThatThrownBy(() -> PauliString.stim("XQ"))
                .hasMessage(
                        "\"XQ\" is not a Pauli string: 'Q' at character 2 is not one of I, X, Y, Z,"
                                + " _");
        assertThatThrownBy(() -> PauliString.stim("X1*"))
                .hasMessageContaining("the end at character 4");
        assertThatThrownBy(() -> PauliString.stim("X99999999999"))
                .hasMessageContaining("beyond 16777215");
        assertThatThrownBy(() -> PauliString.sparse(3, "X3"))
                .hasMessageContaining("there are only 3");
    }

    @Test
    void randomStringsAreSeeded() {
        assertThat(PauliString.random(70, 5)).isEqualTo(PauliString.random(70, 5));
        assertThat(PauliString.random(70, 5)).isNotEqualTo(PauliString.random(70, 6));
        // 3/4 of 10,000 letters are not I; five standard deviations are 217.
        assertThat(PauliString.random(10_000, 1).weight()).isBetween(7283, 7717);
    }
}
