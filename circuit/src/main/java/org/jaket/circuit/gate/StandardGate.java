package org.jaket.circuit.gate;

import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The table of named gates: one row a gate, with its size, matrix and spellings. Everything else
 * about a gate (inverse, Clifford action, controlled form) follows from the row or from the short
 * lists below the table; parsers, printers, engines and views read it and know no names of their
 * own.
 *
 * <p>Matrices are little-endian (first target least significant). Clifford gates have the matrices
 * that Stim gives them, the others those of OpenQASM's libraries with Qiskit's phases. OpenQASM 3
 * chose other global phases for {@code U}, {@code u2} and {@code u3}, which matter under {@code
 * ctrl @}: they have rows of their own.
 */
public enum StandardGate implements Gate {
    // name(qubits, matrix, Stim's names, qelib1's names, stdgates' names)
    /** Identity. */
    I(1, "1 0 0 1", "I", "id", "id"),
    /** Pauli X, the bit flip. */
    X(1, "0 1 1 0", "X", "x", "x"),
    /** Pauli Y. */
    Y(1, "0 -i i 0", "Y", "y", "y"),
    /** Pauli Z, the phase flip. */
    Z(1, "1 0 0 -1", "Z", "z", "z"),

    /** Hadamard: exchanges X and Z. */
    H(1, "s s s -s", "H H_XZ", "h", "h"),
    /** Exchanges X and Y. */
    H_XY(1, "0 s-si s+si 0", "H_XY", "", ""),
    /** Exchanges Y and Z. */
    H_YZ(1, "s -si si -s", "H_YZ", "", ""),
    /** Exchanges X and -Y. */
    H_NXY(1, "0 s+si s-si 0", "H_NXY", "", ""),
    /** Exchanges X and -Z. */
    H_NXZ(1, "-s s s s", "H_NXZ", "", ""),
    /** Exchanges Y and -Z. */
    H_NYZ(1, "-s -si si s", "H_NYZ", "", ""),

    /** Square root of Z. */
    S(1, "1 0 0 i", "S SQRT_Z", "s", "s"),
    /** Inverse square root of Z. */
    S_DAG(1, "1 0 0 -i", "S_DAG SQRT_Z_DAG", "sdg", "sdg"),
    /** Square root of X. */
    SQRT_X(1, "h+hi h-hi h-hi h+hi", "SQRT_X", "sx", "sx"),
    /** Inverse square root of X. */
    SQRT_X_DAG(1, "h-hi h+hi h+hi h-hi", "SQRT_X_DAG", "sxdg", ""),
    /** Square root of Y. */
    SQRT_Y(1, "h+hi -h-hi h+hi h+hi", "SQRT_Y", "", ""),
    /** Inverse square root of Y. */
    SQRT_Y_DAG(1, "h-hi h-hi -h+hi h-hi", "SQRT_Y_DAG", "", ""),

    /** Cycles X to Y to Z to X. */
    C_XYZ(1, "h-hi -h-hi h-hi h+hi", "C_XYZ", "", ""),
    /** Cycles -X to Y to Z. */
    C_NXYZ(1, "h+hi h-hi -h-hi h-hi", "C_NXYZ", "", ""),
    /** Cycles X to -Y to Z. */
    C_XNYZ(1, "h+hi -h+hi h+hi h-hi", "C_XNYZ", "", ""),
    /** Cycles X to Y to -Z. */
    C_XYNZ(1, "h-hi h+hi -h+hi h+hi", "C_XYNZ", "", ""),
    /** Cycles Z to Y to X to Z. */
    C_ZYX(1, "h+hi h+hi -h+hi h-hi", "C_ZYX", "", ""),
    /** Cycles Z to Y to -X. */
    C_ZYNX(1, "h-hi -h+hi h+hi h+hi", "C_ZYNX", "", ""),
    /** Cycles Z to -Y to X. */
    C_ZNYX(1, "h-hi h-hi -h-hi h+hi", "C_ZNYX", "", ""),
    /** Cycles -Z to Y to X. */
    C_NZYX(1, "h+hi -h-hi h-hi h-hi", "C_NZYX", "", ""),

    /** Identity on two qubits. */
    II(2, "1 0 0 0  0 1 0 0  0 0 1 0  0 0 0 1", "II", "", ""),
    /** Controlled X. */
    CX(2, "1 0 0 0  0 0 0 1  0 0 1 0  0 1 0 0", "CX CNOT ZCX", "cx CX", "cx CX"),
    /** Controlled Y. */
    CY(2, "1 0 0 0  0 0 0 -i  0 0 1 0  0 i 0 0", "CY ZCY", "cy", "cy"),
    /** Controlled Z. */
    CZ(2, "1 0 0 0  0 1 0 0  0 0 1 0  0 0 0 -1", "CZ ZCZ", "cz", "cz"),
    /** X on the second qubit where the first is in |->. */
    XCX(
            2,
            0,
            p ->
                    Matrices.paulis(
                            0.5, 0, 'I', 'I', 0.5, 0, 'X', 'I', 0.5, 0, 'I', 'X', -0.5, 0, 'X',
                            'X'),
            "XCX",
            "",
            ""),
    /** Y on the second qubit where the first is in |->. */
    XCY(
            2,
            0,
            p ->
                    Matrices.paulis(
                            0.5, 0, 'I', 'I', 0.5, 0, 'X', 'I', 0.5, 0, 'I', 'Y', -0.5, 0, 'X',
                            'Y'),
            "XCY",
            "",
            ""),
    /** X on the first qubit controlled by the second. */
    XCZ(2, "1 0 0 0  0 1 0 0  0 0 0 1  0 0 1 0", "XCZ", "", ""),
    /** X on the second qubit where the first is in |-i>. */
    YCX(
            2,
            0,
            p ->
                    Matrices.paulis(
                            0.5, 0, 'I', 'I', 0.5, 0, 'Y', 'I', 0.5, 0, 'I', 'X', -0.5, 0, 'Y',
                            'X'),
            "YCX",
            "",
            ""),
    /** Y on the second qubit where the first is in |-i>. */
    YCY(
            2,
            0,
            p ->
                    Matrices.paulis(
                            0.5, 0, 'I', 'I', 0.5, 0, 'Y', 'I', 0.5, 0, 'I', 'Y', -0.5, 0, 'Y',
                            'Y'),
            "YCY",
            "",
            ""),
    /** Y on the first qubit controlled by the second. */
    YCZ(2, "1 0 0 0  0 1 0 0  0 0 0 -i  0 0 i 0", "YCZ", "", ""),
    /** Exchanges two qubits. */
    SWAP(2, "1 0 0 0  0 0 1 0  0 1 0 0  0 0 0 1", "SWAP", "swap", "swap"),
    /** Exchanges two qubits with a phase i on |01> and |10>. */
    ISWAP(2, "1 0 0 0  0 0 i 0  0 i 0 0  0 0 0 1", "ISWAP", "", ""),
    /** Inverse of ISWAP. */
    ISWAP_DAG(2, "1 0 0 0  0 0 -i 0  0 -i 0 0  0 0 0 1", "ISWAP_DAG", "", ""),
    /** CX, then SWAP. */
    CXSWAP(2, "1 0 0 0  0 0 1 0  0 0 0 1  0 1 0 0", "CXSWAP", "", ""),
    /** SWAP, then CX. */
    SWAPCX(2, "1 0 0 0  0 0 0 1  0 1 0 0  0 0 1 0", "SWAPCX", "", ""),
    /** CZ, then SWAP. */
    CZSWAP(2, "1 0 0 0  0 0 1 0  0 1 0 0  0 0 0 -1", "CZSWAP SWAPCZ", "", ""),
    /** Square root of XX. */
    SQRT_XX(2, 0, p -> Matrices.paulis(0.5, 0.5, 'I', 'I', 0.5, -0.5, 'X', 'X'), "SQRT_XX", "", ""),
    /** Inverse square root of XX. */
    SQRT_XX_DAG(
            2,
            0,
            p -> Matrices.paulis(0.5, -0.5, 'I', 'I', 0.5, 0.5, 'X', 'X'),
            "SQRT_XX_DAG",
            "",
            ""),
    /** Square root of YY. */
    SQRT_YY(2, 0, p -> Matrices.paulis(0.5, 0.5, 'I', 'I', 0.5, -0.5, 'Y', 'Y'), "SQRT_YY", "", ""),
    /** Inverse square root of YY. */
    SQRT_YY_DAG(
            2,
            0,
            p -> Matrices.paulis(0.5, -0.5, 'I', 'I', 0.5, 0.5, 'Y', 'Y'),
            "SQRT_YY_DAG",
            "",
            ""),
    /** Square root of ZZ. */
    SQRT_ZZ(2, "1 0 0 0  0 i 0 0  0 0 i 0  0 0 0 1", "SQRT_ZZ", "", ""),
    /** Inverse square root of ZZ. */
    SQRT_ZZ_DAG(2, "1 0 0 0  0 -i 0 0  0 0 -i 0  0 0 0 1", "SQRT_ZZ_DAG", "", ""),
    /** Echoed cross-resonance. */
    ECR(2, "0 s 0 si  s 0 -si 0  0 si 0 s  -si 0 s 0", "", "", ""),

    /** Fourth root of Z. */
    T(1, "1 0 0 s+si", "", "t", "t"),
    /** Inverse fourth root of Z. */
    T_DAG(1, "1 0 0 s-si", "", "tdg", "tdg"),
    /** Controlled H. */
    CH(2, "1 0 0 0  0 s 0 s  0 0 1 0  0 s 0 -s", "", "ch", "ch"),
    /** Controlled square root of X. */
    CSX(2, "1 0 0 0  0 h+hi 0 h-hi  0 0 1 0  0 h-hi 0 h+hi", "", "csx", ""),
    /** Toffoli: X controlled by two. */
    CCX(3, 0, p -> Matrices.permutation(0, 1, 2, 7, 4, 5, 6, 3), "", "ccx", "ccx"),
    /** Z controlled by two. */
    CCZ(3, 0, p -> Matrices.phases(0, 0, 0, 0, 0, 0, 0, Math.PI), "", "", ""),
    /** Fredkin: controlled SWAP. */
    CSWAP(3, 0, p -> Matrices.permutation(0, 1, 2, 5, 4, 3, 6, 7), "", "cswap", "cswap"),
    /** Toffoli up to relative phases (Margolus). */
    RCCX(3, 0, p -> Matrices.margolus(), "", "rccx", ""),

    /** Global phase exp(i gamma); takes no qubit. */
    GPHASE(0, 1, p -> Matrices.phases(p[0]), "", "", ""),
    /** Phase exp(i lambda) on |1>. */
    P(1, 1, p -> Matrices.phases(0, p[0]), "", "p u1", "p phase u1"),
    /** exp(-i theta X / 2). */
    RX(1, 1, p -> Matrices.rotation(p[0], 'X'), "", "rx", "rx"),
    /** exp(-i theta Y / 2). */
    RY(1, 1, p -> Matrices.rotation(p[0], 'Y'), "", "ry", "ry"),
    /** exp(-i theta Z / 2). */
    RZ(1, 1, p -> Matrices.phases(-p[0] / 2, p[0] / 2), "", "rz", "rz"),
    /** Rotation by theta about the axis at angle phi in the XY plane. */
    R(1, 2, p -> Matrices.u(0, p[0], p[1] - Math.PI / 2, Math.PI / 2 - p[1]), "", "", ""),
    /** U(pi/2, phi, lambda). */
    U2(1, 2, p -> Matrices.u(0, Math.PI / 2, p[0], p[1]), "", "u2", ""),
    /** General rotation with a real first entry: cos(theta/2), exp(i phi) sin(theta/2), ... */
    U(1, 3, p -> Matrices.u(0, p[0], p[1], p[2]), "", "u3 u U", ""),
    /** OpenQASM 3's u2: U2 times exp(-i (phi + lambda) / 2). */
    U2_OQ3(1, 2, p -> Matrices.u(-(p[0] + p[1]) / 2, Math.PI / 2, p[0], p[1]), "", "", "u2"),
    /**
     * OpenQASM 3's u3: U times exp(-i (phi + lambda) / 2), that is RZ(phi) RY(theta) RZ(lambda).
     */
    U3_OQ3(1, 3, p -> Matrices.u(-(p[1] + p[2]) / 2, p[0], p[1], p[2]), "", "", "u3"),
    /** OpenQASM 3's built-in U: U times exp(i theta / 2). */
    U_OQ3(1, 3, p -> Matrices.u(p[0] / 2, p[0], p[1], p[2]), "", "", "U"),
    /** Controlled phase. */
    CP(2, 1, p -> Matrices.phases(0, 0, 0, p[0]), "", "cp cu1", "cp cphase"),
    /** Controlled RX. */
    CRX(2, 1, p -> Matrices.controlled(Matrices.rotation(p[0], 'X')), "", "crx", "crx"),
    /** Controlled RY. */
    CRY(2, 1, p -> Matrices.controlled(Matrices.rotation(p[0], 'Y')), "", "cry", "cry"),
    /** Controlled RZ. */
    CRZ(2, 1, p -> Matrices.phases(0, -p[0] / 2, 0, p[0] / 2), "", "crz", "crz"),
    /** Controlled U. */
    CU3(2, 3, p -> Matrices.controlled(Matrices.u(0, p[0], p[1], p[2])), "", "cu3", ""),
    /** Controlled exp(i gamma) U(theta, phi, lambda). */
    CU(2, 4, p -> Matrices.controlled(Matrices.u(p[3], p[0], p[1], p[2])), "", "cu", "cu"),
    /** exp(-i theta XX / 2). */
    RXX(2, 1, p -> Matrices.rotation(p[0], 'X', 'X'), "", "rxx", ""),
    /** exp(-i theta YY / 2). */
    RYY(2, 1, p -> Matrices.rotation(p[0], 'Y', 'Y'), "", "", ""),
    /** exp(-i theta ZZ / 2). */
    RZZ(2, 1, p -> Matrices.phases(-p[0] / 2, p[0] / 2, p[0] / 2, -p[0] / 2), "", "rzz", ""),
    /** exp(-i theta ZX / 2), Z on the first qubit. */
    RZX(2, 1, p -> Matrices.rotation(p[0], 'Z', 'X'), "", "", "");

    private static final Map<StandardGate, StandardGate> INVERSE =
            new EnumMap<>(StandardGate.class);
    private static final Map<StandardGate, StandardGate> CONTROLLED =
            new EnumMap<>(StandardGate.class);
    private static final Map<StandardGate, StandardGate> UNCONTROLLED =
            new EnumMap<>(StandardGate.class);
    private static final Map<String, StandardGate> STIM = new HashMap<>();
    private static final Map<String, StandardGate> QASM2 = new HashMap<>();
    private static final Map<String, StandardGate> QASM3 = new HashMap<>();

    static {
        inverses(
                S,
                S_DAG,
                SQRT_X,
                SQRT_X_DAG,
                SQRT_Y,
                SQRT_Y_DAG,
                T,
                T_DAG,
                ISWAP,
                ISWAP_DAG,
                CXSWAP,
                SWAPCX);
        inverses(SQRT_XX, SQRT_XX_DAG, SQRT_YY, SQRT_YY_DAG, SQRT_ZZ, SQRT_ZZ_DAG);
        inverses(C_XYZ, C_ZYX, C_NXYZ, C_ZYNX, C_XNYZ, C_ZNYX, C_XYNZ, C_NZYX);
        controls(X, CX, CX, CCX, Y, CY, Z, CZ, CZ, CCZ, H, CH, SQRT_X, CSX, SWAP, CSWAP);
        controls(P, CP, RX, CRX, RY, CRY, RZ, CRZ, U, CU3, GPHASE, P);
        for (StandardGate gate : values()) {
            gate.stim.forEach(name -> STIM.put(name, gate));
            gate.qasm2.forEach(name -> QASM2.put(name, gate));
            gate.qasm3.forEach(name -> QASM3.put(name, gate));
        }
    }

    private final int qubits;
    private final int parameters;
    private final Function<double[], ComplexMatrix> matrix;
    private final List<String> stim;
    private final List<String> qasm2;
    private final List<String> qasm3;
    private volatile @Nullable ComplexMatrix fixedMatrix;
    private volatile @Nullable CliffordAction action;

    StandardGate(int qubits, String matrix, String stim, String qasm2, String qasm3) {
        this(qubits, 0, p -> ComplexMatrix.parse(matrix), stim, qasm2, qasm3);
    }

    StandardGate(
            int qubits,
            int parameters,
            Function<double[], ComplexMatrix> matrix,
            String stim,
            String qasm2,
            String qasm3) {
        this.qubits = qubits;
        this.parameters = parameters;
        this.matrix = matrix;
        this.stim = names(stim);
        this.qasm2 = names(qasm2);
        this.qasm3 = names(qasm3);
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static void inverses(StandardGate... pairs) {
        for (int k = 0; k < pairs.length; k += 2) {
            INVERSE.put(pairs[k], pairs[k + 1]);
            INVERSE.put(pairs[k + 1], pairs[k]);
        }
    }

    private static void controls(StandardGate... pairs) {
        for (int k = 0; k < pairs.length; k += 2) {
            CONTROLLED.put(pairs[k], pairs[k + 1]);
            UNCONTROLLED.put(pairs[k + 1], pairs[k]);
        }
    }

    /** The gate that Stim text calls {@code name} (upper case), or null. */
    public static @Nullable StandardGate ofStim(String name) {
        return STIM.get(name);
    }

    /** The gate that OpenQASM 2's qelib1.inc calls {@code name}, or null. */
    public static @Nullable StandardGate ofQasm2(String name) {
        return QASM2.get(name);
    }

    /**
     * The gate that OpenQASM 3's stdgates.inc (or the language itself, for {@code U}) calls {@code
     * name}, or null.
     */
    public static @Nullable StandardGate ofQasm3(String name) {
        return QASM3.get(name);
    }

    /** Stim's names, the one that is printed first; empty when Stim has none. */
    public List<String> stimNames() {
        return stim;
    }

    /**
     * The names in OpenQASM 2's qelib1.inc, the one that is printed first; empty when it has none.
     */
    public List<String> qasm2Names() {
        return qasm2;
    }

    /**
     * The names in OpenQASM 3's stdgates.inc, the one that is printed first; empty when it has
     * none.
     */
    public List<String> qasm3Names() {
        return qasm3;
    }

    /** A lower-case name for this gate where a text format has none of its own. */
    public String definedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String label() {
        return name();
    }

    @Override
    public int qubits() {
        return qubits;
    }

    @Override
    public int parameters() {
        return parameters;
    }

    @Override
    public ComplexMatrix matrix(double... values) {
        Gate.checkParameters(this, values);
        if (parameters > 0) {
            return matrix.apply(values);
        }
        ComplexMatrix known = fixedMatrix;
        if (known == null) {
            known = matrix.apply(values);
            fixedMatrix = known;
        }
        return known;
    }

    /** The action on Pauli operators when this is a parameterless Clifford gate, otherwise null. */
    public @Nullable CliffordAction clifford() {
        if (parameters > 0) {
            return null;
        }
        CliffordAction known = action;
        if (known == null) {
            known = CliffordAction.of(matrix(), 1e-9);
            action = known;
        }
        return known;
    }

    /** Whether this is a parameterless Clifford gate. */
    public boolean isClifford() {
        return clifford() != null;
    }

    /** Whether the matrix is diagonal whatever the parameters. */
    public boolean isDiagonal() {
        return matrix(generic(parameters)).isDiagonal();
    }

    private static double[] generic(int parameters) {
        double[] values = new double[parameters];
        for (int k = 0; k < parameters; k++) {
            values[k] = 0.7 + k;
        }
        return values;
    }

    @Override
    public Gate inverse() {
        StandardGate base = uncontrolled();
        return base == null ? INVERSE.getOrDefault(this, this) : base.inverse().controlled();
    }

    @Override
    public List<Expression> inverseParameters(List<Expression> p) {
        var result = new ArrayList<Expression>(p.size());
        switch (this) {
            case U, U3_OQ3, U_OQ3, CU3, CU -> {
                result.add(p.get(0).negate());
                result.add(p.get(2).negate());
                result.add(p.get(1).negate());
                if (this == CU) {
                    result.add(p.get(3).negate());
                }
            }
            case U2, U2_OQ3 -> {
                result.add(p.get(1).negate().minus(Math.PI));
                result.add(p.get(0).negate().plus(Math.PI));
            }
            case R -> {
                result.add(p.get(0).negate());
                result.add(p.get(1));
            }
            default -> p.forEach(e -> result.add(e.negate()));
        }
        return List.copyOf(result);
    }

    /** The named gate that is this one with a control in front, or null. */
    @Nullable StandardGate controlledForm() {
        return CONTROLLED.get(this);
    }

    /** The named gate of which this is the controlled form, or null. */
    public @Nullable StandardGate uncontrolled() {
        return UNCONTROLLED.get(this);
    }
}
