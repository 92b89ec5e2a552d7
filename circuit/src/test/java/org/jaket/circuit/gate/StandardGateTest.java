package org.jaket.circuit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.expression.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class StandardGateTest {
    private static double[] angles(Gate gate) {
        double[] values = {0.37, -1.21, 2.05, 0.83};
        double[] result = new double[gate.parameters()];
        System.arraycopy(values, 0, result, 0, result.length);
        return result;
    }

    @ParameterizedTest
    @EnumSource
    void everyMatrixIsUnitary(StandardGate gate) {
        ComplexMatrix m = gate.matrix(angles(gate));
        assertThat(m.rows()).isEqualTo(1 << gate.qubits());
        assertThat(m.isUnitary(1e-14)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void inverseUndoesTheGate(StandardGate gate) {
        List<Expression> parameters = new ArrayList<>();
        for (double a : angles(gate)) {
            parameters.add(Expression.of(a));
        }
        double[] inverse =
                gate.inverseParameters(parameters).stream()
                        .mapToDouble(e -> e.constant())
                        .toArray();
        ComplexMatrix product = gate.inverse().matrix(inverse).times(gate.matrix(angles(gate)));
        assertThat(product.distance(ComplexMatrix.identity(product.rows()))).isLessThan(1e-14);
    }

    /**
     * Conjugations as Stim 1.17's gate reference lists them: images of X0, Z0 (X1, Z1), first
     * letter on the first qubit.
     */
    @ParameterizedTest
    @CsvSource({
        "I,+X +Z",
        "X,+X -Z",
        "Y,-X -Z",
        "Z,-X +Z",
        "H,+Z +X",
        "H_XY,+Y -Z",
        "H_YZ,-X +Y",
        "H_NXY,-Y -Z",
        "H_NXZ,-Z -X",
        "H_NYZ,-X -Y",
        "S,+Y +Z",
        "S_DAG,-Y +Z",
        "SQRT_X,+X -Y",
        "SQRT_X_DAG,+X +Y",
        "SQRT_Y,-Z +X",
        "SQRT_Y_DAG,+Z -X",
        "C_XYZ,+Y +X",
        "C_NXYZ,-Y -X",
        "C_XNYZ,-Y +X",
        "C_XYNZ,+Y -X",
        "C_ZYX,+Z +Y",
        "C_ZYNX,-Z +Y",
        "C_ZNYX,+Z -Y",
        "C_NZYX,-Z -Y",
        "II,+XI +ZI +IX +IZ",
        "CX,+XX +ZI +IX +ZZ",
        "CY,+XY +ZI +ZX +ZZ",
        "CZ,+XZ +ZI +ZX +IZ",
        "XCX,+XI +ZX +IX +XZ",
        "XCY,+XI +ZY +XX +XZ",
        "XCZ,+XI +ZZ +XX +IZ",
        "YCX,+XX +ZX +IX +YZ",
        "YCY,+XY +ZY +YX +YZ",
        "YCZ,+XZ +ZZ +YX +IZ",
        "SWAP,+IX +IZ +XI +ZI",
        "ISWAP,+ZY +IZ +YZ +ZI",
        "ISWAP_DAG,-ZY +IZ -YZ +ZI",
        "CXSWAP,+XX +IZ +XI +ZZ",
        "SWAPCX,+IX +ZZ +XX +ZI",
        "CZSWAP,+ZX +IZ +XZ +ZI",
        "SQRT_XX,+XI -YX +IX -XY",
        "SQRT_XX_DAG,+XI +YX +IX +XY",
        "SQRT_YY,-ZY +XY -YZ +YX",
        "SQRT_YY_DAG,+ZY -XY +YZ -YX",
        "SQRT_ZZ,+YZ +ZI +ZY +IZ",
        "SQRT_ZZ_DAG,-YZ +ZI -ZY +IZ"
    })
    void cliffordActionIsStims(StandardGate gate, String images) {
        CliffordAction action = gate.clifford();
        assertThat(action).isNotNull();
        assertThat(action.toString().replaceAll("[XZ][01]->", "")).isEqualTo(images);
    }

    @Test
    void exactlyTheGatesThatAreCliffordSaySo() {
        List<StandardGate> named = new ArrayList<>();
        for (StandardGate gate : StandardGate.values()) {
            if (gate.isClifford() && gate.stimNames().isEmpty()) {
                named.add(gate);
            }
            assertThat(gate.isClifford() || gate.stimNames().isEmpty()).as(gate.name()).isTrue();
        }
        assertThat(named).containsExactly(StandardGate.ECR);
    }

    @Test
    void noNameMeansTwoGates() {
        Map<String, StandardGate> names = new HashMap<>();
        for (StandardGate gate : StandardGate.values()) {
            for (String name : gate.stimNames()) {
                assertThat(names.put("stim " + name, gate)).isNull();
            }
            for (String name : gate.qasm2Names()) {
                assertThat(names.put("qasm2 " + name, gate)).isNull();
            }
            for (String name : gate.qasm3Names()) {
                assertThat(names.put("qasm3 " + name, gate)).isNull();
            }
        }
        assertThat(StandardGate.ofStim("CNOT")).isEqualTo(StandardGate.CX);
        assertThat(StandardGate.ofQasm2("cu1")).isEqualTo(StandardGate.CP);
        assertThat(StandardGate.ofQasm3("U")).isEqualTo(StandardGate.U_OQ3);
    }

    @ParameterizedTest
    @EnumSource
    void controlledFormIsTheControlledMatrix(StandardGate gate) {
        if (gate.qubits() == 0 || gate.qubits() > 2) {
            return;
        }
        ComplexMatrix expected =
                new ControlledGate(gate.uncontrolled() == null ? gate : StandardGate.X, 1, 1)
                        .matrix(gate.uncontrolled() == null ? angles(gate) : new double[0]);
        if (gate.uncontrolled() == null) {
            assertThat(gate.controlled().matrix(angles(gate)).distance(expected)).isLessThan(1e-15);
        }
        int rows = gate.matrix(angles(gate)).rows();
        ComplexMatrix controlled = gate.controlled().matrix(angles(gate));
        for (int row = 0; row < rows; row++) {
            assertThat(controlled.re(2 * row, 2 * row)).isEqualTo(1);
            for (int column = 0; column < rows; column++) {
                assertThat(controlled.re(2 * row + 1, 2 * column + 1))
                        .isCloseTo(gate.matrix(angles(gate)).re(row, column), within(1e-15));
                assertThat(controlled.im(2 * row + 1, 2 * column + 1))
                        .isCloseTo(gate.matrix(angles(gate)).im(row, column), within(1e-15));
            }
        }
    }

    @Test
    void controlledXIsCxThenCcxThenGeneral() {
        assertThat(StandardGate.X.controlled()).isEqualTo(StandardGate.CX);
        assertThat(StandardGate.CX.controlled()).isEqualTo(StandardGate.CCX);
        assertThat(StandardGate.CCX.controlled())
                .isEqualTo(new ControlledGate(StandardGate.X, 3, 7));
        assertThat(StandardGate.CX.controlled(1, 0))
                .isEqualTo(new ControlledGate(StandardGate.X, 2, 2));
    }

    /**
     * OpenQASM 3's specification: U(theta, phi, lambda) = 1/2 [[1 + e^it, -i e^il (1 - e^it)], [i
     * e^ip (1 - e^it), e^i(p+l) (1 + e^it)]].
     */
    @Test
    void openQasm3UHasThePhaseOfTheSpecification() {
        double t = 0.9;
        double p = -0.4;
        double l = 1.7;
        ComplexMatrix u = StandardGate.U_OQ3.matrix(t, p, l);
        assertThat(u.re(0, 0)).isCloseTo((1 + Math.cos(t)) / 2, within(1e-15));
        assertThat(u.im(0, 0)).isCloseTo(Math.sin(t) / 2, within(1e-15));
        // -i e^il (1 - e^it) / 2
        double a = (1 - Math.cos(t)) / 2;
        double b = -Math.sin(t) / 2;
        assertThat(u.re(0, 1)).isCloseTo(a * Math.sin(l) + b * Math.cos(l), within(1e-15));
        assertThat(u.im(0, 1)).isCloseTo(-a * Math.cos(l) + b * Math.sin(l), within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(names = {"X", "H", "S", "SQRT_Y", "T", "SWAP", "ISWAP", "C_XYZ", "ECR", "CCX"})
    void halfPowerSquaredIsTheGate(StandardGate gate) {
        ComplexMatrix root = gate.power(0.5).matrix();
        assertThat(root.times(root).distance(gate.matrix())).isLessThan(1e-12);
    }

    @Test
    void principalRootsAreTheNamedOnes() {
        assertThat(StandardGate.Z.power(0.5).matrix().distance(StandardGate.S.matrix()))
                .isLessThan(1e-14);
        assertThat(StandardGate.X.power(0.5).matrix().distance(StandardGate.SQRT_X.matrix()))
                .isLessThan(1e-14);
        assertThat(StandardGate.S.power(0.5).matrix().distance(StandardGate.T.matrix()))
                .isLessThan(1e-14);
        assertThat(StandardGate.T.power(8).matrix().distance(ComplexMatrix.identity(2)))
                .isLessThan(1e-14);
        assertThat(StandardGate.S.power(-1)).isEqualTo(StandardGate.S_DAG);
    }
}
