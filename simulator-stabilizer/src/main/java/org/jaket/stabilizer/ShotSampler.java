package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Places;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.histories.HistorySource;
import org.jaket.stabilizer.loss.LossSource;
import org.jaket.stabilizer.mechanisms.MechanismSource;
import org.jaket.stabilizer.nearclifford.NearCliffordSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.sampling.BatchConsumer;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jaket.stabilizer.sampling.BatchSink;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jaket.stabilizer.sampling.SweepBits;
import org.jaket.stabilizer.tableau.ReferenceSample;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples a noisy Clifford or near-Clifford circuit and streams the shots in batches.
 *
 * <pre>{@code
 * ShotSampler.detectors(circuit).sample(RunOptions.shots(1_000_000).seed(7), BatchSink.writing(writer));
 * }</pre>
 *
 * <p>The circuit is compiled once; a sampler can be used any number of times, by several threads.
 * The same circuit, number of shots and seed give the same bits on any number of threads and any
 * machine. Memory is bounded by the batches in flight.
 *
 * <p>Sweep bits ({@code CX sweep[5] 0}) are zero unless {@link SweepBits} say otherwise. Records
 * are then those of the circuit with the Paulis put in that each shot's bits choose. Detectors and
 * observables are still compared with the noiseless circuit whose sweep bits are zero: a Pauli that
 * a sweep bit puts in flips them as an error would.
 *
 * <p>Circuits with gates that are not Clifford are followed shot by shot by the engine of {@link
 * NearCliffordSimulator}.
 */
public final class ShotSampler {
    private final BatchSource source;
    private final @Nullable MethodChoice choice;
    private final int sweepBits;

    private ShotSampler(BatchSource source, Circuit circuit) {
        this(source, null, circuit);
    }

    private ShotSampler(BatchSource source, @Nullable MethodChoice choice, Circuit circuit) {
        this.source = source;
        this.choice = choice;
        this.sweepBits = circuit.body().sweepBound();
    }

    /**
     * How measurement samples get the noiseless results that flips are added to.
     *
     * <p>Only matters for circuits without branches and loops on results; the others have a
     * reference for each history of conditions.
     */
    public enum Reference {
        /** Simulate one noiseless shot, skipping repetitions of loops whose state recurs. */
        FOLDED,
        /** Simulate one noiseless shot turn by turn. */
        UNFOLDED,
        /** Take all zeros, which is right only if that is a possible noiseless result. */
        ZERO
    }

    /**
     * Samples measurement records, in the order of the measurements. Where branches or loops that
     * depend on results measure differently often, a record has no fixed length, and the bits are
     * those of the result registers.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is neither Clifford
     *     nor near-Clifford
     */
    public static ShotSampler measurements(Circuit circuit) {
        return measurements(circuit, Reference.FOLDED, Method.AUTOMATIC, Progress.NONE);
    }

    /**
     * Samples measurement records.
     *
     * @param method how circuits without branches and loops on results are sampled
     * @param progress asked whether to stop while the reference is computed
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is neither Clifford
     *     nor near-Clifford, or {@link Method#MECHANISMS} is not for it
     */
    public static ShotSampler measurements(
            Circuit circuit, Reference reference, Method method, Progress progress) {
        Places.requireResults(circuit.body(), false);
        if (NearCliffordSource.isNeededFor(circuit)) {
            requireAutomatic(method);
            return new ShotSampler(NearCliffordSource.measurements(circuit, progress), circuit);
        }
        List<Step> steps = Lowering.of(circuit);
        if (Features.needsSingleShots(steps)) {
            return new ShotSampler(branching(circuit, steps, progress), circuit);
        }
        // Asked first: a record that is too long to hold is refused before it is simulated.
        int words = FrameSource.rowWords(circuit.results());
        long[] results =
                reference == Reference.ZERO
                        ? new long[words]
                        : ReferenceSample.of(
                                steps, circuit.qubits(), reference == Reference.FOLDED, progress);
        FrameSource frames = FrameSource.measurements(steps, circuit.qubits(), results);
        if (Features.firstMove(steps) != null) {
            if (method == Method.MECHANISMS) {
                Features.requireQubitsStay(steps, "Mechanisms");
            }
            return new ShotSampler(
                    Features.losesQubits(steps)
                            ? LossSource.measurements(frames, steps, circuit.qubits())
                            : frames,
                    circuit);
        }
        if (method == Method.FRAMES) {
            return new ShotSampler(frames, circuit);
        }
        Supplier<@Nullable MechanismSource> listing =
                () ->
                        MechanismSource.measurements(
                                steps, circuit.qubits(), results, frames.layout());
        if (method == Method.AUTOMATIC) {
            return new ShotSampler(frames, new MethodChoice(steps, frames, listing), circuit);
        }
        MechanismSource mechanisms = listing.get();
        if (mechanisms == null) {
            throw new UnsupportedCircuitException(
                    "The circuit has too many different errors to list. Maybe sample it with frames?");
        }
        return new ShotSampler(mechanisms, circuit);
    }

    private static void requireAutomatic(Method method) {
        if (method != Method.AUTOMATIC) {
            throw new UnsupportedCircuitException(
                    "Frames and mechanisms are for Clifford circuits. Maybe let the method be chosen?");
        }
    }

    /** The record, or the result registers if its length depends on results. */
    private static BatchSource branching(Circuit circuit, List<Step> steps, Progress progress) {
        return Features.recordsUnevenly(steps) && !circuit.classicalRegisters().isEmpty()
                ? HistorySource.registers(circuit, steps, progress)
                : HistorySource.record(circuit, steps, progress);
    }

    /**
     * Samples the result registers of a circuit whose course depends on results, its record if it
     * has no registers.
     */
    static ShotSampler registers(Circuit circuit, Progress progress) {
        Places.requireResults(circuit.body(), false);
        List<Step> steps = Lowering.of(circuit);
        BatchSource source =
                circuit.classicalRegisters().isEmpty()
                        ? HistorySource.record(circuit, steps, progress)
                        : HistorySource.registers(circuit, steps, progress);
        return new ShotSampler(source, circuit);
    }

    /** How shots are sampled. The law is the same, the bits for a seed are not. */
    public enum Method {
        /** Whichever of the others is expected to be faster for the number of shots. */
        AUTOMATIC,
        /**
         * Pauli frames are carried through the circuit, many shots at once: the cost of a shot goes
         * with the gates.
         */
        FRAMES,
        /**
         * What each error flips is worked out once and shots are sums of errors: the cost of a shot
         * goes with the errors that hit it. Not for circuits with detectors that are random without
         * errors.
         */
        MECHANISMS
    }

    /**
     * Samples detectors and logical observables: which of them differ from their noiseless parity.
     *
     * <p>In a circuit whose course depends on results, that is the parity in the noiseless run in
     * which every result that is not determined is zero. A detector whose noiseless parity is the
     * same whatever the course is thus told apart from errors as anywhere else.
     *
     * <p>In circuits with gates that are not Clifford a parity can be random, and not by a fair
     * coin, without any noise. What is sampled is then whether it differs from the more frequent
     * value in up to 256 noiseless shots, which do not depend on the seed; {@link #remark} says how
     * many such parities there are.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is neither Clifford
     *     nor near-Clifford, or if branches or loops that depend on results measure or have
     *     detectors
     * @throws IllegalArgumentException if a detector looks back past the first measurement
     */
    public static ShotSampler detectors(Circuit circuit) {
        return detectors(circuit, Method.AUTOMATIC);
    }

    /**
     * Samples detectors and logical observables by a method of choice.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException as for {@link #detectors(Circuit)};
     *     also if {@link Method#MECHANISMS} is not for the circuit
     * @throws IllegalArgumentException if a detector looks back past the first measurement
     */
    public static ShotSampler detectors(Circuit circuit, Method method) {
        Places.requireResults(circuit.body(), true);
        if (NearCliffordSource.isNeededFor(circuit)) {
            requireAutomatic(method);
            return new ShotSampler(NearCliffordSource.detectors(circuit, Progress.NONE), circuit);
        }
        List<Step> steps = Lowering.of(circuit);
        if (Features.needsSingleShots(steps)) {
            if (method == Method.MECHANISMS) {
                throw new UnsupportedCircuitException(
                        "What errors flip depends on results in this circuit. Maybe sample it with frames?");
            }
            DetectionConverter converter =
                    DetectionConverter.ofBranches(circuit, steps, Reference.FOLDED, Progress.NONE);
            BatchSource records = HistorySource.record(circuit, steps, Progress.NONE);
            return new ShotSampler(new ConvertedSource(records, converter), circuit);
        }
        FrameSource frames = FrameSource.detectors(steps, circuit.qubits());
        if (Features.firstMove(steps) != null) {
            return new ShotSampler(leaving(circuit, steps, frames, method), circuit);
        }
        if (method == Method.FRAMES) {
            return new ShotSampler(frames, circuit);
        }
        Supplier<@Nullable MechanismSource> listing =
                () ->
                        circuit.results() > Integer.MAX_VALUE / 2
                                ? null
                                : MechanismSource.of(
                                        steps,
                                        circuit.qubits(),
                                        (int) circuit.results(),
                                        frames.layout());
        if (method == Method.AUTOMATIC) {
            return new ShotSampler(frames, new MethodChoice(steps, frames, listing), circuit);
        }
        MechanismSource mechanisms = listing.get();
        if (mechanisms == null) {
            throw new UnsupportedCircuitException(
                    "The circuit has detectors that are random without errors, or too many different errors to list. Maybe sample it with frames?");
        }
        return new ShotSampler(mechanisms, circuit);
    }

    /** Detectors of circuits whose qubits leak or are lost, which frames alone may know. */
    private static BatchSource leaving(
            Circuit circuit, List<Step> steps, FrameSource frames, Method method) {
        if (method == Method.MECHANISMS) {
            Features.requireQubitsStay(steps, "Mechanisms");
        }
        if (!Features.losesQubits(steps)) {
            return frames;
        }
        FrameSource.rowWords(circuit.results());
        long[] reference = ReferenceSample.of(steps, circuit.qubits(), true, Progress.NONE);
        return LossSource.detectors(frames, steps, circuit.qubits(), reference);
    }

    private BatchSource source(long shots) {
        return choice == null ? source : choice.of(shots);
    }

    /**
     * Does now what the first call of {@code sample} with so many shots would do before it samples:
     * lists the errors of the circuit if that pays, and refuses circuits that are too long to be
     * followed. Only needed to know how long it takes, and to have refusals early.
     *
     * @throws org.jaket.circuit.CircuitException if shots would have too many turns of loops to be
     *     followed through
     */
    public void prepare(long shots) {
        int ignored = source(shots).batchShots(Math.max(1, shots));
    }

    /** Returns something that the user of the samples should know, or null. */
    public @Nullable String remark() {
        if (source instanceof NearCliffordSource near && near.randomDetectors() > 0) {
            return "%d of the %d detectors and observables are random without noise; they are compared with their more frequent value."
                    .formatted(near.randomDetectors(), layout().bits());
        }
        return null;
    }

    /** Returns what the bits of a shot are. */
    public RecordLayout layout() {
        return source.layout();
    }

    /** Returns how many sweep bits the circuit has: one more than the largest that it names. */
    public int sweepBits() {
        return sweepBits;
    }

    /**
     * Samples shots, sweep bits being zero, and hands them on in order, on the calling thread.
     *
     * @throws IOException if the consumer throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, BatchConsumer consumer) throws IOException {
        sample(options, null, consumer);
    }

    /**
     * Samples shots, sweep bits being zero, into a sink, such as one that encodes them on the
     * threads that sample.
     *
     * @throws IOException if the sink throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, BatchSink<?> sink) throws IOException {
        sample(options, null, sink);
    }

    /**
     * Samples shots with given sweep bits and hands them on in order, on the calling thread. Bits
     * that are all zero give the shots that there are without them.
     *
     * @param sweeps asked on the calling thread, in the order of the shots; null for all zeros
     * @throws IOException if the consumer or the sweep bits throw it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, @Nullable SweepBits sweeps, BatchConsumer consumer)
            throws IOException {
        sample(options, sweeps, BatchSink.of(consumer));
    }

    /**
     * Samples shots with given sweep bits into a sink.
     *
     * @param sweeps asked on the calling thread, in the order of the shots; null for all zeros
     * @throws IOException if the sink or the sweep bits throw it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, @Nullable SweepBits sweeps, BatchSink<?> sink)
            throws IOException {
        BatchRunner.run(source(options.shots()), options, sweeps, sweepBits, sink);
    }
}
