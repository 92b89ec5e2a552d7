package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.tableau.Amplitudes;
import org.jaket.stabilizer.tableau.Completion;
import org.jaket.stabilizer.tableau.PauliRows;
import org.jaket.stabilizer.tableau.PauliTable;
import org.jaket.stabilizer.tableau.RandomClifford;
import org.jaket.stabilizer.tableau.Rotation;
import org.jaket.stabilizer.tableau.Synthesis;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Clifford operation U, up to global phase, as the images {@code U X_k U^dagger} and {@code U Z_k
 * U^dagger} of the Pauli generators. Immutable; takes {@code 4 n^2} bits.
 *
 * <pre>{@code
 * Tableau bell = Tableau.of(Circuit.stim("H 0\nCX 0 1"));
 * bell.z(0).toStim();                 // +XX
 * bell.then(bell.inverse());          // the identity
 * Tableau.random(50, 1).toCircuit();  // H, S, CX and Pauli gates
 * }</pre>
 */
public final class Tableau {
    /** The most qubits of a matrix that {@link #ofMatrix} takes. */
    public static final int MAX_UNITARY_QUBITS = Amplitudes.MAX_UNITARY_QUBITS;

    /** The stream of a seed that random operations are drawn from. */
    private static final long RANDOM_STREAM = 0x7AB1EA0L;

    /** The most unfolded steps of a circuit that {@link #of} follows. */
    private static final long MAX_STEPS = 1L << 40;

    private final PauliRows rows;

    private Tableau(PauliRows rows) {
        this.rows = rows;
    }

    /** The identity on a number of qubits. */
    public static Tableau identity(int qubits) {
        return new Tableau(PauliRows.identity(qubits));
    }

    /**
     * The operation of a circuit of Clifford gates.
     *
     * @throws UnsupportedCircuitException if it has anything else: gates that are not Clifford,
     *     measurements, resets, noise, classical steps
     */
    public static Tableau of(Circuit circuit) {
        // Gates are put in front of the inverse, which multiplies rows; appending would work on
        // columns.
        PauliRows inverse = PauliRows.identity(circuit.qubits());
        apply(inverse, Lowering.of(circuit));
        return new Tableau(inverse).inverse();
    }

    /**
     * The operation of a gate on qubits 0, 1, ...
     *
     * @throws UnsupportedCircuitException if it is not a Clifford gate
     */
    public static Tableau of(Gate gate, double... parameters) {
        List<Expression> values = Arrays.stream(parameters).mapToObj(Expression::of).toList();
        int[] targets = IntStream.range(0, gate.qubits()).toArray();
        return of(Circuit.of(gate.qubits(), c -> c.gate(gate, values, targets)));
    }

    /** The operation that is a Pauli string, whose phase is lost. */
    public static Tableau of(PauliString pauli) {
        PauliRows rows = PauliRows.identity(pauli.qubits());
        for (int q = 0; q < pauli.qubits(); q++) {
            Pauli letter = pauli.get(q);
            rows.setSign(2 * q, letter.hasZ());
            rows.setSign(2 * q + 1, letter.hasX());
        }
        return new Tableau(rows);
    }

    /**
     * The operation of a unitary matrix, qubit 0 the least significant bit of an index. Costs
     * {@code n 8^n}.
     *
     * @throws IllegalArgumentException if it is not unitary or not Clifford, to 1e-6 an entry, or
     *     has more than {@link #MAX_UNITARY_QUBITS} qubits
     */
    public static Tableau ofMatrix(ComplexMatrix unitary) {
        List<PauliString> images = Amplitudes.images(unitary);
        return ofImages(images.size() / 2, images::get);
    }

    private static Tableau ofImages(int qubits, IntFunction<PauliString> images) {
        PauliRows rows = PauliRows.identity(qubits);
        for (int g = 0; g < 2 * qubits; g++) {
            PauliString image = images.apply(g);
            rows.set(g, image.xBits(), image.zBits(), image.phase() == 2);
        }
        return new Tableau(rows);
    }

    /**
     * The operation with the given images of X and Z of each qubit.
     *
     * @throws IllegalArgumentException if their numbers or sizes differ, one is not Hermitian, or
     *     they do not commute and anticommute as X and Z do
     */
    public static Tableau ofImages(List<PauliString> xs, List<PauliString> zs) {
        int n = xs.size();
        if (zs.size() != n) {
            throw new IllegalArgumentException(
                    "There are %d images of X and %d of Z.".formatted(n, zs.size()));
        }
        for (int a = 0; a < 2 * n; a++) {
            PauliString p = (a & 1) == 0 ? xs.get(a >> 1) : zs.get(a >> 1);
            if (p.qubits() != n || !p.isHermitian()) {
                throw new IllegalArgumentException(
                        "The image of %s, %s, is not a Hermitian Pauli string on %d qubits."
                                .formatted(generator(a), p.toStim(), n));
            }
            for (int b = 0; b < a; b++) {
                PauliString q = (b & 1) == 0 ? xs.get(b >> 1) : zs.get(b >> 1);
                if (p.commutesWith(q) == ((a ^ 1) == b)) {
                    throw new IllegalArgumentException(
                            "The images of %s and %s, %s and %s, must %s."
                                    .formatted(
                                            generator(b),
                                            generator(a),
                                            q.toStim(),
                                            p.toStim(),
                                            (a ^ 1) == b ? "anticommute" : "commute"));
                }
            }
        }
        return ofImages(n, g -> (g & 1) == 0 ? xs.get(g >> 1) : zs.get(g >> 1));
    }

    private static String generator(int g) {
        return ((g & 1) == 0 ? "X" : "Z") + (g >> 1);
    }

    /** What lists of stabilisers may be, beyond n independent ones of n qubits. */
    public enum Allow {
        /** Some may be products of others; they are left out. */
        REDUNDANT,
        /** There may be fewer than qubits; the state is then one of those that have them. */
        UNDERCONSTRAINED
    }

    /**
     * An operation that maps {@code Z_k} to the k-th stabiliser, and so the zero state to the
     * stabilised one. The images of X are some of those possible.
     *
     * @param stabilizers Hermitian strings, all on the same qubits
     * @throws IllegalArgumentException naming those that anticommute, contradict each other, are
     *     redundant or too few
     */
    public static Tableau ofStabilizers(List<PauliString> stabilizers, Allow... allow) {
        List<Allow> allowed = List.of(allow);
        int qubits = stabilizers.isEmpty() ? 0 : stabilizers.getFirst().qubits();
        return new Tableau(
                Completion.of(
                        qubits,
                        stabilizers,
                        allowed.contains(Allow.REDUNDANT),
                        allowed.contains(Allow.UNDERCONSTRAINED)));
    }

    /**
     * An operation that makes the given state from the zero state.
     *
     * @param state a column of 2^n amplitudes of any scale and phase, qubit 0 the least significant
     *     bit of an index
     * @throws IllegalArgumentException if it is not a stabiliser state
     */
    public static Tableau ofStateVector(ComplexMatrix state) {
        return ofStabilizers(Amplitudes.stabilizers(state));
    }

    /**
     * A uniformly random operation (up to global phase), a function of the seed. Costs {@code O(n^3
     * / 64)}.
     */
    public static Tableau random(int qubits, long seed) {
        BitSource random = BitSource.of(Kernels.chosen(), seed, RANDOM_STREAM, qubits);
        return new Tableau(RandomClifford.draw(qubits, random));
    }

    /**
     * All operations on a few qubits: 24 on one, 11,520 on two, 92,897,280 on three; without signs
     * (all images positive) 6, 720 and 1,451,520.
     */
    public static Stream<Tableau> all(int qubits, boolean signed) {
        return TableauEnumeration.of(qubits, signed).map(images -> ofImages(qubits, images::get));
    }

    private static void apply(PauliRows inverse, List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> {
                    int arity = u.backward().qubits();
                    for (int k = 0; k < u.targets().length; k += arity) {
                        inverse.prepend(u.backward(), u.targets(), k);
                    }
                }
                case Step.Rotate r -> Rotation.prepend(inverse, r);
                case Step.Loop l -> {
                    if (l.count() > MAX_STEPS) {
                        throw new UnsupportedCircuitException(
                                "REPEAT %d is too long to multiply out; at most %d."
                                        .formatted(l.count(), MAX_STEPS));
                    }
                    for (long k = 0; k < l.count(); k++) {
                        apply(inverse, l.body());
                    }
                }
                case Step.SweepPauli s -> {}
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                default ->
                        throw new UnsupportedCircuitException(
                                "A tableau is made of Clifford gates alone, and the circuit has a step %s."
                                        .formatted(step.getClass().getSimpleName()));
            }
        }
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return rows.qubits();
    }

    /** Returns the image of X on a qubit. */
    public PauliString x(int qubit) {
        return rows.get(2 * checked(qubit));
    }

    /** Returns the image of Z on a qubit. */
    public PauliString z(int qubit) {
        return rows.get(2 * checked(qubit) + 1);
    }

    /** Returns the image of Y on a qubit. */
    public PauliString y(int qubit) {
        return apply(PauliString.single(qubits(), checked(qubit), Pauli.Y));
    }

    /** Returns the string whose image is X on a qubit: the image under the inverse. */
    public PauliString inverseX(int qubit) {
        return inverseImage(PauliString.single(qubits(), checked(qubit), Pauli.X));
    }

    /** Returns the string whose image is Y on a qubit. */
    public PauliString inverseY(int qubit) {
        return inverseImage(PauliString.single(qubits(), checked(qubit), Pauli.Y));
    }

    /** Returns the string whose image is Z on a qubit. */
    public PauliString inverseZ(int qubit) {
        return inverseImage(PauliString.single(qubits(), checked(qubit), Pauli.Z));
    }

    /** Returns the letter on qubit {@code output} of the image of X on qubit {@code input}. */
    public Pauli x(int input, int output) {
        return letter(2 * checked(input), checked(output));
    }

    /** Returns the letter on qubit {@code output} of the image of Y on qubit {@code input}. */
    public Pauli y(int input, int output) {
        Pauli x = x(input, output);
        Pauli z = z(input, output);
        return Pauli.of(x.hasX() ^ z.hasX(), x.hasZ() ^ z.hasZ());
    }

    /** Returns the letter on qubit {@code output} of the image of Z on qubit {@code input}. */
    public Pauli z(int input, int output) {
        return letter(2 * checked(input) + 1, checked(output));
    }

    private Pauli letter(int generator, int qubit) {
        return Pauli.of(rows.bit(generator, false, qubit), rows.bit(generator, true, qubit));
    }

    /** Returns the sign, 1 or -1, of the image of X on a qubit. */
    public int xSign(int qubit) {
        return x(qubit).phase() == 2 ? -1 : 1;
    }

    /** Returns the sign, 1 or -1, of the image of Y on a qubit. */
    public int ySign(int qubit) {
        return y(qubit).phase() == 2 ? -1 : 1;
    }

    /** Returns the sign, 1 or -1, of the image of Z on a qubit. */
    public int zSign(int qubit) {
        return z(qubit).phase() == 2 ? -1 : 1;
    }

    private int checked(int qubit) {
        if (qubit < 0 || qubit >= qubits()) {
            throw new IndexOutOfBoundsException(
                    "Qubit %d of a tableau of %d qubits.".formatted(qubit, qubits()));
        }
        return qubit;
    }

    /**
     * Returns {@code U P U^dagger}. Costs {@code n} bit operations per letter of the string.
     *
     * @throws IllegalArgumentException if the string has another number of qubits
     */
    public PauliString apply(PauliString pauli) {
        requireSize(pauli.qubits());
        // The rows' spare room is used, so threads take turns.
        synchronized (rows) {
            return rows.image(pauli);
        }
    }

    /** The string with {@code U^dagger P U}. */
    PauliString inverseImage(PauliString pauli) {
        requireSize(pauli.qubits());
        synchronized (rows) {
            return rows.inverseImage(pauli);
        }
    }

    /** The rows, which must not be changed. */
    PauliRows rows() {
        return rows;
    }

    static Tableau owning(PauliRows rows) {
        return new Tableau(rows);
    }

    /**
     * Returns {@code U P U^dagger} where U acts on some of the string's qubits.
     *
     * @param targets the qubits of the string that are this operation's qubits 0, 1, ...
     * @throws IllegalArgumentException if targets repeat, are out of range or of another number
     */
    public PauliString apply(PauliString pauli, int... targets) {
        requireTargets(pauli.qubits(), targets);
        PauliString image = apply(gather(pauli, targets));
        PauliString result = pauli;
        for (int k = 0; k < targets.length; k++) {
            result = result.with(targets[k], image.get(k));
        }
        return result.timesPhase(image.phase());
    }

    private static PauliString gather(PauliString pauli, int... targets) {
        PauliString part = PauliString.identity(targets.length);
        for (int k = 0; k < targets.length; k++) {
            part = part.with(k, pauli.get(targets[k]));
        }
        return part;
    }

    private void requireTargets(int among, int... targets) {
        if (targets.length != qubits()) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits takes as many targets, not %d."
                            .formatted(qubits(), targets.length));
        }
        BitSet seen = new BitSet();
        for (int target : targets) {
            if (target < 0 || target >= among || seen.get(target)) {
                throw new IllegalArgumentException(
                        "Target %d repeats or is not one of %d qubits.".formatted(target, among));
            }
            seen.set(target);
        }
    }

    private void requireSize(int others) {
        if (others != qubits()) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits was combined with something on %d."
                            .formatted(qubits(), others));
        }
    }

    /**
     * Returns the operation that does this one and then the next: {@code (next U)}.
     *
     * @throws IllegalArgumentException if the two differ in size
     */
    public Tableau then(Tableau next) {
        requireSize(next.qubits());
        PauliRows result = PauliRows.identity(qubits());
        for (int g = 0; g < 2 * qubits(); g++) {
            PauliString image = next.apply(rows.get(g));
            result.set(g, image.xBits(), image.zBits(), image.phase() == 2);
        }
        return new Tableau(result);
    }

    /**
     * Returns the operation that does this one and then another on some of the qubits.
     *
     * @throws IllegalArgumentException if targets repeat, are out of range or of another number
     */
    public Tableau append(Tableau next, int... targets) {
        next.requireTargets(qubits(), targets);
        return ofImages(qubits(), g -> next.apply(rows.get(g), targets));
    }

    /**
     * Returns the operation that does another on some of the qubits and then this one.
     *
     * @throws IllegalArgumentException if targets repeat, are out of range or of another number
     */
    public Tableau prepend(Tableau first, int... targets) {
        first.requireTargets(qubits(), targets);
        PauliRows result = rows.copy();
        for (int g = 0; g < 2 * first.qubits(); g++) {
            PauliString image = first.rows.get(g);
            PauliString placed = PauliString.identity(qubits()).timesPhase(image.phase());
            for (int k = 0; k < targets.length; k++) {
                placed = placed.with(targets[k], image.get(k));
            }
            PauliString moved = apply(placed);
            result.set(
                    2 * targets[g >> 1] + (g & 1),
                    moved.xBits(),
                    moved.zBits(),
                    moved.phase() == 2);
        }
        return new Tableau(result);
    }

    /** Returns both operations side by side: the qubits of {@code other} come second. */
    public Tableau tensor(Tableau other) {
        int n = qubits();
        PauliString left = PauliString.identity(n);
        PauliString right = PauliString.identity(other.qubits());
        return ofImages(
                n + other.qubits(),
                g ->
                        g < 2 * n
                                ? rows.get(g).tensor(right)
                                : left.tensor(other.rows.get(g - 2 * n)));
    }

    /** Returns the power of the operation, by squaring; negative exponents invert. */
    public Tableau raisedTo(long exponent) {
        Tableau square = exponent < 0 ? inverse() : this;
        Tableau result = identity(qubits());
        // Shifting unsigned also takes the one exponent that has no positive counterpart.
        for (long left = Math.abs(exponent); left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = result.then(square);
            }
            if (left != 1) {
                square = square.then(square);
            }
        }
        return result;
    }

    /** Returns the inverse operation. */
    public Tableau inverse() {
        int n = qubits();
        return ofImages(
                n,
                g -> inverseImage(PauliString.single(n, g >> 1, (g & 1) == 0 ? Pauli.X : Pauli.Z)));
    }

    /**
     * A circuit of H, S, CX and Pauli gates that does the operation, by elimination; at most {@code
     * O(n^2)} gates.
     */
    public Circuit toCircuit() {
        return Synthesis.eliminate(rows);
    }

    /**
     * A circuit that prepares the state that the operation makes of the zero state: RX on all
     * qubits, CZ for the edges of a graph, one gate a qubit.
     */
    public Circuit toGraphStateCircuit() {
        return Synthesis.graphState(stabilizers());
    }

    /**
     * The Pauli string that this operation is.
     *
     * @throws IllegalStateException if it is not one
     */
    public PauliString toPauliString() {
        PauliString pauli = PauliString.identity(qubits());
        for (int q = 0; q < qubits(); q++) {
            PauliString x = x(q);
            PauliString z = z(q);
            if (x.weight() != 1 || x.get(q) != Pauli.X || z.weight() != 1 || z.get(q) != Pauli.Z) {
                throw new IllegalStateException(
                        "The operation is not a Pauli string: X%d goes to %s and Z%d to %s."
                                .formatted(q, x.toStim(), q, z.toStim()));
            }
            pauli = pauli.with(q, Pauli.of(z.phase() == 2, x.phase() == 2));
        }
        return pauli;
    }

    /**
     * A matrix of the operation, qubit 0 the least significant bit of an index. Of all global
     * phases it has the one that makes the first entry of the first column that is not zero
     * positive.
     *
     * @throws IllegalArgumentException beyond {@link Gate#MAX_MATRIX_QUBITS} qubits
     */
    public ComplexMatrix toMatrix() {
        return Amplitudes.matrix(images(0), images(1));
    }

    private List<PauliString> images(int part) {
        return IntStream.range(0, qubits()).mapToObj(q -> rows.get(2 * q + part)).toList();
    }

    /** The images of Z: generators of the stabilisers of the state made from the zero state. */
    public List<PauliString> stabilizers() {
        return images(1);
    }

    /**
     * Generators of the same stabilisers in reduced echelon form, columns in the order X0, Z0, X1
     * and so on, which are equal for equal states.
     */
    public List<PauliString> canonicalStabilizers() {
        PauliTable table = PauliTable.of(qubits(), stabilizers());
        table.reduce();
        return table.toList();
    }

    /**
     * The state made from the zero state, a column of 2^n amplitudes, qubit 0 the least significant
     * bit of an index; the first amplitude that is not zero is positive.
     *
     * @throws IllegalArgumentException beyond 24 qubits
     */
    public ComplexMatrix toStateVector() {
        return Amplitudes.ofStabilizers(stabilizers());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tableau t && rows.sameAs(t.rows);
    }

    @Override
    public int hashCode() {
        return rows.hash();
    }

    /**
     * Stim's text: a pair of columns for the images of X and Z of each qubit, a line for the signs
     * and one for each qubit's letters.
     */
    @Override
    public String toString() {
        int n = qubits();
        StringBuilder text = new StringBuilder("+-");
        text.append("xz-".repeat(n));
        text.append("\n|");
        for (int q = 0; q < n; q++) {
            text.append(' ').append(xSign(q) < 0 ? '-' : '+').append(zSign(q) < 0 ? '-' : '+');
        }
        for (int output = 0; output < n; output++) {
            text.append("\n|");
            for (int q = 0; q < n; q++) {
                text.append(' ').append(mark(x(q, output))).append(mark(z(q, output)));
            }
        }
        return text.toString();
    }

    private static String mark(Pauli letter) {
        return letter == Pauli.I ? "_" : letter.name();
    }
}
