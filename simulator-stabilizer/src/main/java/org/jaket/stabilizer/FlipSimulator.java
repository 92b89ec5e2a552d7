package org.jaket.stabilizer;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FlipFrames;
import org.jaket.stabilizer.random.BitSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Follows Pauli errors through Clifford circuits in many shots at once, step by step: which results
 * and detectors they flip compared with a noiseless run. Errors can be looked at, put in and taken
 * out between steps.
 *
 * <pre>{@code
 * var flips = new FlipSimulator(256, seed, false);
 * flips.run(Circuit.stim("X_ERROR(0.1) 0\nCX 0 1\nM 1\nDETECTOR rec[-1]"));
 * flips.detectorFlip(0, shot);
 * flips.pauliFlips(shot);          // +XX where the error happened
 * }</pre>
 *
 * <p>With stabiliser randomisation, whenever a stabiliser is prepared or measured it is applied
 * with probability 1/2, so that what anticommutes with it comes out random, as it must; without it,
 * only errors are seen. For bulk sampling use {@link ShotSampler}. Not safe for use by several
 * threads.
 */
public final class FlipSimulator {
    private static final long STREAM = 0xF11B5;

    private final int shots;
    private final long seed;
    private final BitSource random;
    private final FlipFrames frames;
    private long calls;

    /**
     * Starts with no qubits; they are added as they are used.
     *
     * @param shots how many shots
     * @param seed decides everything random
     * @param randomizesStabilizers whether to randomise stabilisers
     */
    public FlipSimulator(int shots, long seed, boolean randomizesStabilizers) {
        if (shots < 1) {
            throw new IllegalArgumentException(
                    "There is at least one shot, not %d.".formatted(shots));
        }
        this.shots = shots;
        this.seed = seed;
        this.random = BitSource.of(Kernels.chosen(), seed, STREAM, 0);
        this.frames = new FlipFrames(shots, randomizesStabilizers, random);
    }

    private FlipSimulator(FlipSimulator original, long seed, long calls) {
        this.shots = original.shots;
        this.seed = seed;
        this.calls = calls;
        this.random = BitSource.of(Kernels.chosen(), seed, STREAM, 0);
        this.frames = original.frames.copy(random);
    }

    /** Returns an independent simulator that has the same future. */
    public FlipSimulator copy() {
        return new FlipSimulator(this, seed, calls);
    }

    /** Returns an independent simulator in the same state with a randomness of its own. */
    public FlipSimulator copy(long newSeed) {
        return new FlipSimulator(this, newSeed, 0);
    }

    /** Forgets results, detectors and observables and puts all qubits back to the zero state. */
    public void clear() {
        draw();
        frames.clear();
    }

    private void draw() {
        random.restart(seed, STREAM, calls++);
    }

    /** Returns the number of shots. */
    public int shots() {
        return shots;
    }

    /** Returns the number of qubits so far. */
    public int qubits() {
        return frames.qubits();
    }

    /** Returns the number of results so far. */
    public int results() {
        return frames.results().size();
    }

    /** Returns the number of detectors so far. */
    public int detectors() {
        return frames.detectors().size();
    }

    /** Returns one more than the largest index of an observable so far. */
    public int observables() {
        return frames.observables().size();
    }

    /** Adds qubits in the zero state, up to a number. */
    public void ensureQubits(int qubits) {
        draw();
        frames.ensure(qubits);
    }

    /**
     * Runs a circuit after what was done so far. Sweep bits count as zero.
     *
     * @throws UnsupportedCircuitException if it is not a Clifford circuit with Pauli noise and at
     *     most Pauli feedback
     * @throws IllegalArgumentException if a look-back leads before the first result, or flips do
     *     not fit into memory
     */
    public void run(Circuit circuit) {
        List<Step> steps = Lowering.of(circuit.requireBound());
        if (Features.needsSingleShots(steps)) {
            throw new UnsupportedCircuitException(
                    "Flips are not defined for circuits whose course depends on results. Maybe use TableauSimulator?");
        }
        Features.requireQubitsStay(steps, "Flips");
        ensureQubits(circuit.qubits());
        frames.run(steps);
    }

    /** Runs one operation, as {@link #run(Circuit)}. */
    public void run(Operation operation) {
        run(Circuit.of(Block.of(List.of(operation))));
    }

    /** Whether a result is flipped in a shot. */
    public boolean resultFlip(int result, int shot) {
        return bit(frames.results().get(result), shot);
    }

    /** Whether a detector is flipped in a shot. */
    public boolean detectorFlip(int detector, int shot) {
        return bit(frames.detectors().get(detector), shot);
    }

    /** Whether an observable is flipped in a shot. */
    public boolean observableFlip(int observable, int shot) {
        return bit(frames.observables().get(observable), shot);
    }

    private boolean bit(long[] row, int shot) {
        return (row[Objects.checkIndex(shot, shots) >> 6] >>> shot & 1) != 0;
    }

    /** Returns the flips of a result, shot s in bit s of the words. */
    public long[] resultFlips(int result) {
        return trimmed(frames.results().get(result));
    }

    /** Returns the flips of a detector, shot s in bit s of the words. */
    public long[] detectorFlips(int detector) {
        return trimmed(frames.detectors().get(detector));
    }

    /** Returns the flips of an observable, shot s in bit s of the words. */
    public long[] observableFlips(int observable) {
        return trimmed(frames.observables().get(observable));
    }

    private long[] trimmed(long[] row) {
        long[] words = Arrays.copyOf(row, (shots + 63) >> 6);
        if ((shots & 63) != 0) {
            words[words.length - 1] &= (1L << shots) - 1;
        }
        return words;
    }

    /**
     * Appends a result with given flips to the record.
     *
     * @param flips shot s in bit s of the words, {@code shots / 64} of them rounded up
     */
    public void appendResultFlips(long[] flips) {
        frames.results().add(padded(flips));
    }

    private long[] padded(long[] row) {
        if (row.length != (shots + 63) >> 6) {
            throw new IllegalArgumentException(
                    "%d shots take %d words, not %d."
                            .formatted(shots, (shots + 63) >> 6, row.length));
        }
        return Arrays.copyOf(row, frames.words());
    }

    /** Returns the error on all qubits in a shot. */
    public PauliString pauliFlips(int shot) {
        Objects.checkIndex(shot, shots);
        int n = qubits();
        long[] x = new long[(n + 63) >> 6];
        long[] z = new long[x.length];
        for (int q = 0; q < n; q++) {
            x[q >> 6] |= (frames.pauli(q, false)[shot >> 6] >>> shot & 1) << q;
            z[q >> 6] |= (frames.pauli(q, true)[shot >> 6] >>> shot & 1) << q;
        }
        return PauliString.ofBits(n, x, z, 0);
    }

    /** Returns the errors in all shots. */
    public List<PauliString> pauliFlips() {
        List<PauliString> result = new ArrayList<>(shots);
        for (int shot = 0; shot < shots; shot++) {
            result.add(pauliFlips(shot));
        }
        return result;
    }

    /** Sets the error on a qubit in a shot, whatever it was. */
    public void setPauliFlip(Pauli pauli, int qubit, int shot) {
        Objects.checkIndex(shot, shots);
        if (qubit >= qubits()) {
            ensureQubits(qubit + 1);
        }
        boolean x = bit(frames.pauli(qubit, false), shot) != pauli.hasX();
        boolean z = bit(frames.pauli(qubit, true), shot) != pauli.hasZ();
        frames.flip(qubit, Pauli.of(x, z), shot);
    }

    /**
     * Applies a Pauli error to qubits in some of the shots.
     *
     * @param pauli the error
     * @param masks for each qubit its shots, shot s in bit s of the words; may be fewer than qubits
     * @param probability with which each error of the masks happens
     */
    public void broadcast(Pauli pauli, long[][] masks, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("%s is not a probability.".formatted(probability));
        }
        ensureQubits(masks.length);
        for (int q = 0; q < masks.length; q++) {
            long[] mask = padded(masks[q]);
            if (probability < 1) {
                long[] coins = frames.bernoulli(probability);
                for (int w = 0; w < mask.length; w++) {
                    mask[w] &= coins[w];
                }
            }
            frames.apply(q, pauli, mask);
        }
    }

    /** Returns bits that are one with a probability, shot s in bit s of the words. */
    public long[] bernoulli(double probability) {
        draw();
        return trimmed(frames.bernoulli(probability));
    }
}
