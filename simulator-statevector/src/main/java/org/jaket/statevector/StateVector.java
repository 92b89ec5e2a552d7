package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.CounterRandom;
import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The amplitudes of n qubits, off heap. Qubit k is bit k of an amplitude's index. Close it to free
 * its memory at once.
 *
 * <p>Not for use by two threads at once; large states work on several threads inside.
 */
public final class StateVector implements AutoCloseable {
    /** The largest reduced density matrix, in qubits. */
    public static final int MAX_DENSITY_QUBITS = 10;

    /** The largest marginal distribution that is returned as an array, in qubits. */
    public static final int MAX_MARGINAL_QUBITS = 28;

    private final Amplitudes amplitudes;
    private final Progress progress;
    private final Runner runner;
    private Frame frame;
    private boolean isProtected;

    /** Why the state cannot be used any more. */
    private @Nullable String over;

    private StateVector(Amplitudes amplitudes, Frame frame, Workers workers, Progress progress) {
        this.amplitudes = amplitudes;
        this.frame = frame;
        this.progress = progress;
        this.runner = new Runner(workers, (t, n) -> progress.checkCancelled());
    }

    /** The amplitudes, if they are those of a state. */
    private Amplitudes live() {
        if (over != null) {
            throw new IllegalStateException(over);
        }
        return amplitudes;
    }

    /** From now on the state may only be read, and closing does nothing. */
    void protect() {
        isProtected = true;
    }

    /** From now on the state may not be used. */
    void end(String why) {
        over = why;
    }

    /** Changes the amplitudes; when that is cut short, what is left is no state. */
    private void change(Runnable work) {
        if (isProtected) {
            throw new IllegalStateException(
                    "A snapshot cannot be changed. Maybe change a copy of it.");
        }
        try {
            work.run();
        } catch (Throwable t) {
            end("The state was being changed when that was cancelled or failed.");
            throw t;
        }
    }

    /**
     * A state.
     *
     * @param progress what takes long asks it whether to stop
     */
    static StateVector of(Amplitudes amplitudes, Frame frame, Workers workers, Progress progress) {
        return new StateVector(amplitudes, frame, workers, progress);
    }

    /** All qubits in |0>, in double precision, on all processors. */
    public static StateVector zero(int qubits) {
        return basis(qubits, 0);
    }

    /** The basis state with the given index, in double precision, on all processors. */
    public static StateVector basis(int qubits, long index) {
        return basis(qubits, index, Precision.DOUBLE, Runtime.getRuntime().availableProcessors());
    }

    /**
     * A basis state.
     *
     * @throws InsufficientMemoryException if 2^qubits amplitudes do not fit
     * @throws IllegalArgumentException if the index has more bits than there are qubits
     */
    public static StateVector basis(int qubits, long index, Precision precision, int threads) {
        if (qubits < 1 || index < 0 || qubits < 63 && index >>> qubits != 0) {
            throw new IllegalArgumentException(
                    "A basis state of "
                            + qubits
                            + " qubits has an index from 0 to 2^"
                            + qubits
                            + " - 1, not "
                            + index);
        }
        Workers workers = Workers.of(threads);
        Amplitudes a = Amplitudes.allocate(qubits, KernelChoice.of(precision, qubits), workers);
        a.setBasis(index, new Runner(workers));
        return new StateVector(a, Frame.identity(qubits), workers, Progress.NONE);
    }

    /**
     * A product of one-qubit states.
     *
     * @param factors for each qubit, qubit 0 first, the amplitudes of 0 and 1 as {re0, im0, re1,
     *     im1}; each is normalised
     */
    public static StateVector product(double[]... factors) {
        StateVector state = zero(factors.length);
        Gathering gates = new Gathering(factors.length);
        for (int q = 0; q < factors.length; q++) {
            double[] f = factors[q];
            double norm =
                    f.length == 4 ? Math.hypot(Math.hypot(f[0], f[1]), Math.hypot(f[2], f[3])) : 0;
            if (!(norm > 0) || Double.isInfinite(norm)) {
                state.close();
                throw new IllegalArgumentException(
                        "The factor of qubit " + q + " needs four finite numbers, not all zero");
            }
            double a = f[0] / norm;
            double b = f[1] / norm;
            double c = f[2] / norm;
            double d = f[3] / norm;
            // A unitary whose first column is the factor.
            gates.one(q, new double[] {a, b, -c, d, c, d, a, -b});
        }
        state.apply(gates);
        return state;
    }

    /**
     * Given amplitudes, normalised to one.
     *
     * @param re real parts, a power of two of them, at least two; not modified
     * @param im imaginary parts; not modified
     */
    public static StateVector of(double[] re, double[] im) {
        int qubits = Integer.numberOfTrailingZeros(re.length);
        if (re.length < 2 || re.length != im.length || Integer.bitCount(re.length) != 1) {
            throw new IllegalArgumentException(
                    "Amplitudes need a power of two of real and imaginary parts, at least two, got "
                            + re.length
                            + " and "
                            + im.length);
        }
        double norm = 0;
        for (int i = 0; i < re.length; i++) {
            norm += re[i] * re[i] + im[i] * im[i];
        }
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw new IllegalArgumentException(
                    "Amplitudes must be finite and not all zero; their squared norm is " + norm);
        }
        StateVector state = zero(qubits);
        double scale = 1 / Math.sqrt(norm);
        for (int i = 0; i < re.length; i++) {
            state.live().set(i, re[i] * scale, im[i] * scale);
        }
        return state;
    }

    /** An independent copy. */
    public StateVector copy() {
        Amplitudes a = Amplitudes.allocate(qubits(), live().kernels(), runner.workers());
        a.copyFrom(live(), runner);
        return new StateVector(a, frame, runner.workers(), progress);
    }

    /** The number of qubits. */
    public int qubits() {
        return live().qubits();
    }

    /** The format of the amplitudes. */
    public Precision precision() {
        return live().precision();
    }

    /** The real part of an amplitude. */
    public double re(long index) {
        return live().re(stored(index));
    }

    /** The imaginary part of an amplitude. */
    public double im(long index) {
        return live().im(stored(index));
    }

    /** The probability of a basis state. */
    public double probability(long index) {
        return live().weight(stored(index));
    }

    private long stored(long index) {
        if (index < 0 || index >= live().length()) {
            throw new IndexOutOfBoundsException(
                    "Amplitude " + index + " of a state of " + qubits() + " qubits");
        }
        return frame.stored(index);
    }

    /** The sum of all probabilities: 1 up to rounding. */
    public double norm() {
        return Sums.norm(live(), runner);
    }

    /**
     * Runs a circuit without measurements, resets, noise or open parameters on this state.
     *
     * @throws IllegalArgumentException if the circuit has another number of qubits or anything that
     *     is not a gate
     */
    public void apply(Circuit circuit) {
        if (circuit.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    "The circuit has "
                            + circuit.qubits()
                            + " qubits, the state "
                            + qubits()
                            + ". Maybe place the circuit with Circuit.then first.");
        }
        Program program = Lowering.compile(circuit, progress);
        if (!program.isDeterministic()) {
            throw new IllegalArgumentException(
                    "The circuit measures, resets or has noise, so it leads to no single state."
                            + " Maybe run it with a StateVectorSimulator.");
        }
        home();
        change(
                () -> {
                    Mechanics mechanics =
                            new Mechanics(
                                    program,
                                    runner.workers(),
                                    precision(),
                                    new CancelOnly(progress),
                                    null);
                    mechanics.follow(new Run(program), live());
                    frame = program.frame();
                });
    }

    private void apply(Gathering gates) {
        List<Pass> passes = Schedule.of(gates.finish(), qubits());
        change(
                () -> {
                    runner.apply(passes, live());
                    frame = gates.frame();
                });
    }

    /** Moves amplitudes to the places that the qubits' order says. */
    private void home() {
        if (frame.isIdentity()) {
            return;
        }
        Gathering gates = new Gathering(frame);
        gates.settleFrame();
        apply(gates);
    }

    Amplitudes amplitudesAtHome() {
        home();
        return live();
    }

    /**
     * The probabilities of the values of some qubits.
     *
     * @param qubits at most {@value #MAX_MARGINAL_QUBITS}; bit j of an index of the result belongs
     *     to the j-th of them
     */
    public double[] probabilities(int... qubits) {
        check(qubits, MAX_MARGINAL_QUBITS, qubits());
        double[] p = new double[1 << qubits.length];
        Sums.addMarginal(live(), 0, frame, qubits, p, runner);
        return p;
    }

    /**
     * The expectation value of a Pauli string.
     *
     * @throws IllegalArgumentException if it is not Hermitian or has another number of qubits
     */
    public double expectation(PauliString string) {
        if (!string.isHermitian() || string.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    string + " is not an observable on " + qubits() + " qubits");
        }
        return Sums.expectation(live(), frame, string, runner);
    }

    /** The expectation value of a sum of Pauli strings. */
    public double expectation(PauliSum observable) {
        if (observable.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    "The observable has " + observable.qubits() + " qubits, the state " + qubits());
        }
        return Sums.expectation(live(), frame, observable, runner);
    }

    /**
     * The reduced density matrix of some qubits.
     *
     * @param qubits at most {@value #MAX_DENSITY_QUBITS}; bit j of a row or column belongs to the
     *     j-th of them
     */
    public ComplexMatrix densityMatrix(int... qubits) {
        check(qubits, MAX_DENSITY_QUBITS, qubits());
        int n = 1 << qubits.length;
        int[] places = new int[qubits.length];
        int flips = 0;
        for (int j = 0; j < qubits.length; j++) {
            places[j] = frame.position()[qubits[j]];
            flips |= (int) (frame.flipped() >> places[j] & 1) << j;
        }
        double[] rho = Matrices.exchange(Sums.density(live(), places, runner), n, flips);
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int e = 0; e < n * n; e++) {
            re[e] = rho[2 * e];
            im[e] = rho[2 * e + 1];
        }
        return ComplexMatrix.of(n, n, re, im);
    }

    static void check(int[] qubits, int most, int all) {
        long seen = 0;
        for (int q : qubits) {
            if (q < 0 || q >= all || (seen >> q & 1) != 0 || qubits.length > most) {
                throw new IllegalArgumentException(
                        "Needs at most "
                                + most
                                + " distinct qubits from 0 to "
                                + (all - 1)
                                + ", got "
                                + java.util.Arrays.toString(qubits));
            }
            seen |= 1L << q;
        }
    }

    /** The squared modulus of the inner product with a state of the same size and precision. */
    public double fidelity(StateVector other) {
        double[] product = innerProduct(other);
        return product[0] * product[0] + product[1] * product[1];
    }

    /**
     * The inner product, this state conjugated, as {re, im}. Puts both states' qubits in order
     * first, which changes no amplitude's value.
     */
    public double[] innerProduct(StateVector other) {
        if (other.qubits() != qubits() || other.precision() != precision()) {
            throw new IllegalArgumentException(
                    "An inner product needs states of equal size and precision");
        }
        home();
        other.home();
        return Sums.product(live(), other.live(), runner);
    }

    /**
     * Draws basis states.
     *
     * @return one index a shot
     */
    public long[] sample(int shots, long seed) {
        double[] uniform = new double[shots];
        for (int k = 0; k < shots; k++) {
            uniform[k] = CounterRandom.uniform(seed, k, 0);
        }
        long[] indices = Sums.sample(live(), uniform, runner);
        for (int k = 0; k < shots; k++) {
            indices[k] = frame.seen(indices[k]);
        }
        return indices;
    }

    /**
     * Writes the amplitudes as a NumPy array, {@code complex128} or {@code complex64} by precision,
     * which {@code numpy.load} reads. The file appears when it is complete.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        NumpyFile.write(file, live(), frame, runner);
    }

    /**
     * Reads the amplitudes that {@link #write} or {@code numpy.save} has written: one dimension of
     * 2^n complex numbers, in whose precision the state is. They are taken as they are: the norm is
     * that of the file.
     *
     * @throws IOException naming what is wrong in the file
     * @throws InsufficientMemoryException if the state does not fit
     */
    public static StateVector read(Path file) throws IOException {
        return read(file, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /**
     * The same for work on some threads, with a listener that may cancel: the reading, and what
     * takes long with the state.
     */
    public static StateVector read(Path file, int threads, Progress progress) throws IOException {
        NumpyFile.Header header = NumpyFile.header(file);
        Workers workers = Workers.of(threads);
        Kernels kernels = KernelChoice.of(header.precision(), header.qubits());
        Amplitudes a = Amplitudes.allocate(header.qubits(), kernels, workers);
        StateVector state = new StateVector(a, Frame.identity(header.qubits()), workers, progress);
        try {
            NumpyFile.read(file, header, a, progress);
            return state;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** Frees the memory; the state must not be used afterwards. */
    @Override
    public void close() {
        if (!isProtected) {
            amplitudes.close();
        }
    }
}
