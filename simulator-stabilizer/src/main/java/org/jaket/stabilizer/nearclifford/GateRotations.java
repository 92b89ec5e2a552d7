package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;

/**
 * Gates as Pauli rotations, up to a global phase: rotations themselves, one-qubit gates by Euler
 * angles, diagonal ones by the Walsh-Hadamard transform of their phases (J. Welch et al.,
 * "Efficient quantum circuits for diagonal unitaries without ancillas", 2014), controlled one-qubit
 * gates as diagonal ones in the basis of the gate's axis.
 */
final class GateRotations {
    /**
     * The most qubits of a controlled or diagonal gate: it has up to two to that power rotations.
     */
    static final int MAX_QUBITS = 10;

    /** What is smaller counts as zero. */
    private static final double TINY = 1e-12;

    /** Takes rotations {@code exp(-i angle/2 Q)} in the order of time. */
    @FunctionalInterface
    interface Sink {
        /**
         * A rotation.
         *
         * @param xs positions of the gate's qubits with X or Y, as bits
         * @param zs positions with Z or Y, as bits
         */
        void rotate(double angle, int xs, int zs);
    }

    private final Sink sink;

    private GateRotations(Sink sink) {
        this.sink = sink;
    }

    /** Hands on the rotations of a gate; false, and nothing, for gates that are not of a kind. */
    static boolean of(GateOperation operation, Sink sink) {
        return new GateRotations(sink).gate(operation.gate(), operation.values());
    }

    private boolean gate(Gate gate, double[] values) {
        int qubits = gate.qubits();
        if (gate == StandardGate.RXX || gate == StandardGate.RYY || gate == StandardGate.RZX) {
            int xs = gate == StandardGate.RZX ? 2 : 3;
            int zs = gate == StandardGate.RXX ? 0 : gate == StandardGate.RYY ? 3 : 1;
            rotate(values[0], xs, zs);
            return true;
        }
        if (qubits > MAX_QUBITS) {
            return false;
        }
        if (qubits == 1) {
            euler(gate.matrix(values));
            return true;
        }
        ComplexMatrix base = null;
        int controls = 0;
        long pattern = 0;
        if (gate instanceof ControlledGate c) {
            controls = c.controls();
            pattern = c.pattern();
            base = c.base().matrix(values);
        } else if (gate instanceof StandardGate s) {
            StandardGate inner = s;
            while (inner.uncontrolled() != null) {
                inner = inner.uncontrolled();
                controls++;
            }
            pattern = (1L << controls) - 1;
            base = s == StandardGate.CU ? corner(s.matrix(values)) : inner.matrix(values);
            if (s == StandardGate.CU) {
                controls = 1;
                pattern = 1;
            }
        }
        if (base != null && controls > 0) {
            if (base.rows() == 2) {
                controlled(base, controls, pattern);
                return true;
            }
            if (base.rows() == 4 && base.distance(StandardGate.SWAP.matrix()) < TINY) {
                controlledSwap(controls, pattern);
                return true;
            }
        }
        ComplexMatrix matrix = gate.matrix(values);
        if (matrix.isDiagonal()) {
            double[] phases = new double[1 << qubits];
            for (int j = 0; j < phases.length; j++) {
                phases[j] = Math.atan2(matrix.im(j, j), matrix.re(j, j));
            }
            diagonal(phases, qubits);
            return true;
        }
        return false;
    }

    private void rotate(double angle, int xs, int zs) {
        if (Math.abs(angle) > TINY) {
            sink.rotate(angle, xs, zs);
        }
    }

    /** The block of a two-qubit gate where its first qubit is one. */
    private static ComplexMatrix corner(ComplexMatrix m) {
        return ComplexMatrix.of(
                2,
                2,
                new double[] {m.re(1, 1), m.re(1, 3), m.re(3, 1), m.re(3, 3)},
                new double[] {m.im(1, 1), m.im(1, 3), m.im(3, 1), m.im(3, 3)});
    }

    private static double phase(ComplexMatrix u, int row, int column) {
        return Math.atan2(u.im(row, column), u.re(row, column));
    }

    /** U = RZ(phi) RY(theta) RZ(lambda) up to a phase. */
    private void euler(ComplexMatrix u) {
        double cos = Math.hypot(u.re(0, 0), u.im(0, 0));
        double sin = Math.hypot(u.re(1, 0), u.im(1, 0));
        if (sin < TINY) {
            rotate(phase(u, 1, 1) - phase(u, 0, 0), 0, 1);
        } else if (cos < TINY) {
            rotate(Math.PI, 1, 1);
            rotate(phase(u, 1, 0) - phase(u, 0, 1) - Math.PI, 0, 1);
        } else {
            rotate(phase(u, 0, 1) + Math.PI - phase(u, 0, 0), 0, 1);
            rotate(2 * Math.atan2(sin, cos), 1, 1);
            rotate(phase(u, 1, 0) - phase(u, 0, 0), 0, 1);
        }
    }

    /**
     * With U = exp(i alpha) exp(-i theta/2 n) and V the rotation from the Z axis to n, the
     * controlled U is V, the controlled exp(i alpha) exp(-i theta/2 Z), V inverse. Controls come
     * first.
     */
    private void controlled(ComplexMatrix u, int controls, long pattern) {
        // U / sqrt(det U) = cos - i sin n, of determinant 1.
        double detRe =
                u.re(0, 0) * u.re(1, 1)
                        - u.im(0, 0) * u.im(1, 1)
                        - u.re(0, 1) * u.re(1, 0)
                        + u.im(0, 1) * u.im(1, 0);
        double detIm =
                u.re(0, 0) * u.im(1, 1)
                        + u.im(0, 0) * u.re(1, 1)
                        - u.re(0, 1) * u.im(1, 0)
                        - u.im(0, 1) * u.re(1, 0);
        double alpha = Math.atan2(detIm, detRe) / 2;
        ComplexMatrix special = u.scale(Math.cos(alpha), -Math.sin(alpha));
        double cos = (special.re(0, 0) + special.re(1, 1)) / 2;
        double nx = -(special.im(0, 1) + special.im(1, 0)) / 2;
        double ny = (special.re(1, 0) - special.re(0, 1)) / 2;
        double nz = (special.im(1, 1) - special.im(0, 0)) / 2;
        double sin = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double theta = 2 * Math.atan2(sin, cos);
        double inclination = sin < TINY ? 0 : Math.atan2(Math.hypot(nx, ny), nz);
        double azimuth = Math.hypot(nx, ny) < TINY ? 0 : Math.atan2(ny, nx);
        int target = 1 << controls;
        rotate(-azimuth, 0, target);
        rotate(-inclination, target, target);
        double[] phases = new double[2 << controls];
        phases[(int) pattern] = alpha - theta / 2;
        phases[(int) pattern | target] = alpha + theta / 2;
        diagonal(phases, controls + 1);
        rotate(inclination, target, target);
        rotate(azimuth, 0, target);
    }

    /** CX, X with one more control, CX: the controls of the SWAP act in the middle only. */
    private void controlledSwap(int controls, long pattern) {
        int a = 1 << controls;
        int b = 2 << controls;
        flip(a, b);
        // The middle gate has the target b last, and a as its last control.
        controlled(StandardGate.X.matrix(), controls + 1, pattern | a);
        flip(a, b);
    }

    /** CX from b to a: exp(i pi (1 - Z_b)(1 - X_a) / 4) up to a phase. */
    private void flip(int a, int b) {
        rotate(Math.PI / 2, 0, b);
        rotate(Math.PI / 2, a, 0);
        rotate(-Math.PI / 2, a, b);
    }

    /** The diagonal gate exp(i phases): the product of exp(i c_S Z_S) over sets S. */
    private void diagonal(double[] phases, int qubits) {
        double[] c = phases.clone();
        for (int bit = 1; bit < c.length; bit <<= 1) {
            for (int j = 0; j < c.length; j++) {
                if ((j & bit) == 0) {
                    double a = c[j];
                    double b = c[j | bit];
                    c[j] = a + b;
                    c[j | bit] = a - b;
                }
            }
        }
        for (int s = 1; s < c.length; s++) {
            rotate(-2 * c[s] / (1 << qubits), 0, s);
        }
    }
}
