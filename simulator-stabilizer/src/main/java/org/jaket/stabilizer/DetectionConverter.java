package org.jaket.stabilizer;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Places;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.clifford.Unfolding;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormatException;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jaket.stabilizer.sampling.BatchConsumer;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jaket.stabilizer.tableau.NoiselessShot;
import org.jaket.stabilizer.tableau.ReferenceSample;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns measurement records, of hardware or of a sampler, into detection events and observable
 * flips.
 *
 * <pre>{@code
 * var converter = DetectionConverter.of(circuit);
 * converter.convert(reader, null, batch -> writer.write(batch));
 * }</pre>
 *
 * <p>A detector is the parity of some results, compared with that parity in a sample without noise.
 * Sweep bits choose Paulis that are in the circuit or not from shot to shot; which outputs they
 * turn over is linear in them, so everything is compiled once to parities of results and sweep
 * bits. Shots are then converted in batches, transposed, 64 a word.
 *
 * <p>Immutable; can be used any number of times, from any number of threads.
 */
public final class DetectionConverter {
    /** Words of a batch of shots that are read together. */
    private static final int BATCH_WORDS = 1 << 20;

    private final DetectionParities parities;
    private final int sweepBits;
    private final RecordLayout layout;

    private DetectionConverter(DetectionParities parities, int sweepBits, RecordLayout layout) {
        this.parities = parities;
        this.sweepBits = sweepBits;
        this.layout = layout;
    }

    /** Where the results that are converted come from. */
    public enum Feedback {
        /** The circuit was run with its feedback (such as {@code CX rec[-1] 5}). */
        APPLIED,
        /**
         * The circuit was run without its feedback; its effect is put into the detectors instead.
         */
        SKIPPED
    }

    /**
     * A converter that compares with a noiseless sample, for results of the circuit as it is.
     *
     * @throws UnsupportedCircuitException if the circuit is not Clifford, or what it records or
     *     detects depends on results
     * @throws IllegalArgumentException if a detector looks back past the first measurement
     */
    public static DetectionConverter of(Circuit circuit) {
        return of(circuit, ShotSampler.Reference.FOLDED, Feedback.APPLIED);
    }

    /**
     * A converter.
     *
     * @param reference the noiseless results that records are compared with; {@code ZERO} is right
     *     only if all zeros are possible
     * @param feedback whether the results come from the circuit with or without its feedback
     * @throws UnsupportedCircuitException if the circuit is not Clifford, or what it records or
     *     detects depends on results
     * @throws IllegalArgumentException if a detector looks back past the first measurement, or is
     *     random where feedback was skipped
     */
    public static DetectionConverter of(
            Circuit circuit, ShotSampler.Reference reference, Feedback feedback) {
        return of(circuit, reference, feedback, Progress.NONE);
    }

    /**
     * A converter.
     *
     * @param reference the noiseless results that records are compared with; {@code ZERO} is right
     *     only if all zeros are possible
     * @param feedback whether the results come from the circuit with or without its feedback
     * @param progress asked whether to stop while the noiseless results are computed
     * @throws UnsupportedCircuitException if the circuit is not Clifford, or what it records or
     *     detects depends on results
     * @throws CircuitException if the circuit has a loop of too many turns that does not come to
     *     repeat itself
     * @throws IllegalArgumentException if a detector looks back past the first measurement, or is
     *     random where feedback was skipped
     */
    public static DetectionConverter of(
            Circuit circuit,
            ShotSampler.Reference reference,
            Feedback feedback,
            Progress progress) {
        Block body = circuit.body();
        Places.requireResults(body, true);
        int sweepBits = body.sweepBound();
        int sweepFrom = circuit.qubits();
        if (sweepBits > 0) {
            // A sweep bit is as good as a qubit that an X is in front of or not.
            body = sweepBitsAsQubits(body, sweepFrom);
        }
        int qubits = sweepFrom + sweepBits;
        List<Step> steps = Lowering.of(body);
        if (Features.needsSingleShots(steps)) {
            if (sweepBits > 0 || feedback == Feedback.SKIPPED) {
                throw Places.dependent(
                        body,
                        "Results of circuits with branches are converted without sweep bits, and with the feedback that they have.");
            }
            return ofBranches(circuit, steps, reference, progress);
        }
        RecordLayout layout = layout(body);
        // Also refuses records that are too long.
        int words = FrameSource.rowWords(body.results());
        int measurements = RecordLayout.ofMeasurements((int) body.results()).measurements();
        boolean skipped = feedback == Feedback.SKIPPED;
        // Said before the noiseless sample is taken, which can take long.
        List<Step> plain = Lowering.of(circuit);
        DetectionParities.requireFeasible(plain, qubits, sweepFrom, skipped);
        if (skipped) {
            checkDetectors(steps, qubits, body);
        }
        long[] expected = new long[Math.max(1, words)];
        if (reference != ShotSampler.Reference.ZERO) {
            // Here sweep bits count as zero, so their qubits are not needed.
            expected =
                    ReferenceSample.of(
                            skipped ? withoutFeedback(plain) : plain,
                            sweepFrom,
                            reference == ShotSampler.Reference.FOLDED,
                            progress);
        }
        DetectionParities parities =
                DetectionParities.of(
                        steps,
                        qubits,
                        measurements,
                        sweepFrom,
                        skipped,
                        expected,
                        layout.detectors(),
                        layout.observables());
        return new DetectionConverter(parities, sweepBits, layout);
    }

    /**
     * A converter for a circuit whose course depends on results. The noiseless sample is a run in
     * which every result that is not determined is zero, so sweep bits too.
     *
     * @throws UnsupportedCircuitException if what is recorded or detected depends on results, or an
     *     observable has Pauli terms
     */
    static DetectionConverter ofBranches(
            Circuit circuit, List<Step> steps, ShotSampler.Reference reference, Progress progress) {
        if (Features.recordsUnevenly(steps)
                || Features.anyInBranches(
                        steps, s -> s instanceof Step.Detector || s instanceof Step.Observable)) {
            throw new UnsupportedCircuitException(
                    "Detectors are not defined where branches or while loops measure differently often, or have detectors themselves.");
        }
        if (Features.any(
                steps,
                s ->
                        s instanceof Step.Observable o
                                && o.paulis().xs().length + o.paulis().zs().length > 0)) {
            throw new UnsupportedCircuitException(
                    "Pauli terms of observables are not defined in circuits whose course depends on results.");
        }
        RecordLayout layout = layout(circuit.body());
        int words = FrameSource.rowWords(circuit.results());
        Unfolding.requireFeasible(steps, "Maybe repeat less often?");
        long[] expected =
                reference == ShotSampler.Reference.ZERO
                        ? new long[words]
                        : NoiselessShot.of(steps, circuit.qubits(), circuit.bits(), progress);
        DetectionParities parities =
                DetectionParities.of(
                        steps,
                        0,
                        (int) circuit.results(),
                        0,
                        false,
                        expected,
                        layout.detectors(),
                        layout.observables());
        return new DetectionConverter(parities, 0, layout);
    }

    /** Feedback can be moved into detectors only where these are determined. */
    private static void checkDetectors(List<Step> steps, int qubits, Block body) {
        Sensitivities watched = new Sensitivities(qubits, body.detectors(), body.results());
        BackwardWalk.Listener refusal =
                (row, step, qubit) -> {
                    throw new IllegalArgumentException(
                            "Feedback cannot be moved into detectors: %s is random, because what it watches anticommutes with a measurement or reset of qubit %d."
                                    .formatted(watched.name(watched.row(row)[0]), qubit));
                };
        new BackwardWalk(watched, refusal).undo(steps);
    }

    private static RecordLayout layout(Block body) {
        if (body.results() > Integer.MAX_VALUE - 63 || body.detectors() > Integer.MAX_VALUE - 63) {
            throw new IllegalArgumentException(
                    "The circuit has %d results and %d detectors; up to %d are converted."
                            .formatted(body.results(), body.detectors(), Integer.MAX_VALUE - 63));
        }
        return RecordLayout.ofDetectors((int) body.detectors(), body.observables());
    }

    private static Block sweepBitsAsQubits(Block block, int from) {
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : block.operations()) {
            operations.add(
                    switch (operation) {
                        case Repeat r ->
                                new Repeat(r.count(), sweepBitsAsQubits(r.body(), from), r.tag());
                        case GateOperation g -> g.withTargets(sweepBitsAsQubits(g.targets(), from));
                        default -> operation;
                    });
        }
        return Block.of(operations);
    }

    private static Targets sweepBitsAsQubits(Targets targets, int from) {
        if (targets.stream().noneMatch(Target::isSweep)) {
            return targets;
        }
        int[] kept = new int[targets.size()];
        int size = 0;
        for (int k = 0; k < targets.size(); k += 2) {
            int a = targets.get(k);
            int b = targets.get(k + 1);
            if (Target.isClassical(a) && Target.isClassical(b)) {
                // Only a phase.
                continue;
            }
            kept[size++] = Target.isSweep(a) ? Target.qubit(from + Target.value(a)) : a;
            kept[size++] = Target.isSweep(b) ? Target.qubit(from + Target.value(b)) : b;
        }
        return Targets.copyOf(kept, size);
    }

    private static List<Step> withoutFeedback(List<Step> steps) {
        List<Step> kept = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Feedback f -> {}
                case Step.Loop l -> kept.add(l.withBody(withoutFeedback(l.body())));
                default -> kept.add(step);
            }
        }
        return kept;
    }

    /** Returns how many results a shot has. */
    public int measurements() {
        return parities.measurements();
    }

    /** Returns how many sweep bits the circuit looks at. */
    public int sweepBits() {
        return sweepBits;
    }

    /** Returns what the bits of a converted shot are: detectors, then observables. */
    public RecordLayout layout() {
        return layout;
    }

    private int rows() {
        return parities.measurements() + sweepBits;
    }

    /**
     * Converts all shots of a stream and hands them on in batches. Memory is bounded by the batch.
     *
     * @param results the measurement records
     * @param sweeps the sweep bits of the same shots; null for all zeros
     * @param consumer takes detectors and observables
     * @throws IllegalArgumentException if the readers have other numbers of bits, or if the number
     *     of shots cannot be told because a shot takes no bytes
     * @throws ResultFormatException if the data breaks the format, or there are not as many sweep
     *     shots as results
     */
    public void convert(ShotReader results, @Nullable ShotReader sweeps, BatchConsumer consumer)
            throws IOException {
        if (results.hidesShots()) {
            throw new IllegalArgumentException(
                    "The circuit has no measurements, and the format %s writes shots without bits as nothing, so the number of shots is unknown. Maybe use 01?"
                            .formatted(results.format().text()));
        }
        int capacity = capacity();
        ShotBatch in = new ShotBatch(measurements(), capacity);
        ShotBatch sweep = sweeps == null ? null : new ShotBatch(sweepBits, capacity);
        ShotBatch out = new ShotBatch(layout.bits(), capacity);
        ParitySums sums = new ParitySums(parities, sweepBits);
        while (true) {
            int count = results.read(in);
            if (sweeps != null && sweep != null && !sweeps.hidesShots()) {
                int more = sweeps.read(sweep);
                if (more != count) {
                    throw new ResultFormatException(
                            "There are %s sweep shots than shots of results, of which there are %d."
                                    .formatted(
                                            more < count ? "fewer" : "more",
                                            in.firstShot() + count));
                }
            }
            if (count == 0) {
                return;
            }
            sums.convert(in, sweep, out);
            consumer.accept(out);
        }
    }

    /** Shots read at once: some thousands, fewer if they are long. */
    private int capacity() {
        long words = Math.max(rows(), layout.bits()) / 64L + 8;
        return Math.clamp(BATCH_WORDS / words, 1, ParitySums.MAX_SHOTS);
    }

    /**
     * Converts a batch.
     *
     * @param results the measurement records
     * @param sweeps the sweep bits of the same shots; null for all zeros
     * @return detectors and observables of the same shots
     */
    public ShotBatch convert(ShotBatch results, @Nullable ShotBatch sweeps) {
        if (results.bits() != measurements()
                || sweeps != null
                        && (sweeps.bits() != sweepBits || sweeps.shots() != results.shots())) {
            throw new IllegalArgumentException(
                    "The circuit has %d results and %d sweep bits a shot, the batches have %d and %s."
                            .formatted(
                                    measurements(),
                                    sweepBits,
                                    results.bits(),
                                    sweeps == null ? "none" : sweeps.bits()));
        }
        ShotBatch out = new ShotBatch(layout.bits(), results.shots());
        new ParitySums(parities, sweepBits).convert(results, sweeps, out);
        return out;
    }
}
