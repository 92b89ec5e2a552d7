package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Tableaux against matrices. */
class TableauTest {
    static List<StandardGate> cliffords() {
        return Arrays.stream(StandardGate.values())
                .filter(g -> g.qubits() > 0 && g.isClifford())
                .toList();
    }

    /** The matrix of a Pauli string, as a product of the table's matrices. */
    private static ComplexMatrix matrix(PauliString pauli) {
        ComplexMatrix product = ComplexMatrix.identity(1 << pauli.qubits());
        for (int q = 0; q < pauli.qubits(); q++) {
            ComplexMatrix letter = StandardGate.valueOf(pauli.get(q).name()).matrix();
            product = product.times(spread(letter, pauli.qubits(), q));
        }
        double[] re = {1, 0, -1, 0};
        double[] im = {0, 1, 0, -1};
        return product.scale(re[pauli.phase()], im[pauli.phase()]);
    }

    private static ComplexMatrix spread(ComplexMatrix u, int qubits, int... targets) {
        int size = 1 << qubits;
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int row = 0; row < size; row++) {
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
                re[row * size + column] = u.re(r, c);
                im[row * size + column] = u.im(r, c);
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    private static void assertConjugates(Tableau tableau, ComplexMatrix u) {
        for (int q = 0; q < tableau.qubits(); q++) {
            for (Pauli letter : new Pauli[] {Pauli.X, Pauli.Y, Pauli.Z}) {
                PauliString p = PauliString.single(tableau.qubits(), q, letter);
                PauliString image =
                        switch (letter) {
                            case X -> tableau.x(q);
                            case Y -> tableau.y(q);
                            default -> tableau.z(q);
                        };
                assertThat(tableau.apply(p)).isEqualTo(image);
                double distance = u.times(matrix(p)).times(u.adjoint()).distance(matrix(image));
                assertThat(distance).describedAs("%s%d -> %s", letter, q, image).isLessThan(1e-9);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cliffords")
    void everyCliffordGateConjugatesAsItsMatrix(StandardGate gate) {
        int[][] places =
                gate.qubits() == 1
                        ? new int[][] {{0}, {2}}
                        : new int[][] {{0, 1}, {1, 0}, {2, 0}, {1, 2}};
        for (int[] targets : places) {
            Tableau tableau = Tableau.of(Circuit.of(3, c -> c.gate(gate, targets)));
            assertConjugates(tableau, spread(gate.matrix(), 3, targets));
        }
    }

    private static Circuit random(int qubits, int gates, Random random) {
        List<StandardGate> all = cliffords();
        return Circuit.of(
                qubits,
                c -> {
                    for (int k = 0; k < gates; k++) {
                        StandardGate gate = all.get(random.nextInt(all.size()));
                        int a = random.nextInt(qubits);
                        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
                        c.gate(gate, gate.qubits() == 1 ? new int[] {a} : new int[] {a, b});
                    }
                });
    }

    @Test
    void randomCircuitsConjugateAsTheirMatrices() {
        Random random = new Random(3);
        for (int trial = 0; trial < 20; trial++) {
            Circuit circuit = random(4, 30, random);
            assertConjugates(Tableau.of(circuit), circuit.toGate("u").matrix());
        }
    }

    @Test
    void inversesUndoAndCompositionsFollow() {
        Random random = new Random(4);
        for (int qubits : new int[] {2, 5, 70, 300}) {
            Circuit a = random(qubits, 10 * qubits, random);
            Circuit b = random(qubits, 10 * qubits, random);
            Tableau ta = Tableau.of(a);
            Tableau tb = Tableau.of(b);
            assertThat(ta.then(tb)).isEqualTo(Tableau.of(a.then(b)));
            assertThat(ta.inverse()).isEqualTo(Tableau.of(a.inverse()));
            assertThat(ta.then(ta.inverse())).isEqualTo(Tableau.identity(qubits));
            assertThat(ta.then(ta.inverse())).hasSameHashCodeAs(Tableau.identity(qubits));
            assertThat(ta).isNotEqualTo(tb);
        }
    }

    @Test
    void productsKeepTheirPhases() {
        Tableau h = Tableau.of(Circuit.of(2, c -> c.h(0).s(1)));
        assertThat(h.apply(PauliString.stim("+iYX"))).isEqualTo(PauliString.stim("-iYY"));
    }

    @Test
    void aPauliPhaseIsItsGate() {
        assertThat(Tableau.of(Circuit.stim("SPP Z0*Z1")))
                .isEqualTo(Tableau.of(Circuit.stim("SQRT_ZZ 0 1")));
        assertThat(Tableau.of(Circuit.stim("SPP !X0*X1 Y2")))
                .isEqualTo(Tableau.of(Circuit.stim("SQRT_XX_DAG 0 1\nSQRT_Y 2")));
        assertThat(Tableau.of(Circuit.stim("SPP_DAG Y0*Y1")))
                .isEqualTo(Tableau.of(Circuit.stim("SQRT_YY_DAG 0 1")));
    }

    @Test
    void measurementsAreNotGates() {
        assertThatThrownBy(() -> Tableau.of(Circuit.stim("M 0")))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("Measure");
        assertThatThrownBy(() -> Tableau.of(Circuit.of(1, c -> c.t(0))))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("T 0");
    }

    @Test
    void theTableOfActionsIsTheOracleOfItself() {
        CliffordAction cx = StandardGate.CX.clifford();
        assertThat(cx).hasToString("X0->+XX Z0->+ZI X1->+IX Z1->+ZZ");
    }
}
