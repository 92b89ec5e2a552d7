package org.jaket.stabilizer.feedforward;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.sampling.BatchConsumer;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jaket.stabilizer.tableau.ReferenceSample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples a circuit in stages, with a decoder's decision between each and the next: decode, correct
 * and go on.
 *
 * <pre>{@code
 * StagedSampler sampler = StagedSampler.detectors(List.of(round, round, readout));
 * sampler.sample(
 *         RunOptions.shots(1_000_000).seed(7),
 *         (outcome, sweeps) -> decoder.decode(outcome.detectors(outcome.stage()), sweeps),
 *         batch -> count(batch));
 * }</pre>
 *
 * <p>The stages are one circuit that is cut: qubits keep their states, and look-backs reach into
 * the stages before. Each stage has sweep bits of its own, which the decision before it sets, and
 * the first stage's are zero; so {@code CX sweep[k] q} is a correction. Detectors and observables
 * are compared with the noiseless run without corrections, whose Paulis flip them as errors do: a
 * right correction takes a flip back.
 *
 * <p>Shots are followed by Pauli frames in bulk, so that a decision costs what the decoder costs.
 * Immutable; the same stages, seed and decisions give the same bits on any number of threads.
 */
public final class StagedSampler {
    private final StagedCircuit circuit;
    private final boolean givesRecords;

    private StagedSampler(StagedCircuit circuit, boolean givesRecords) {
        this.circuit = circuit;
        this.givesRecords = givesRecords;
    }

    /**
     * A sampler whose shots are the detectors and observables of all stages.
     *
     * @param stages at least one
     * @throws UnsupportedCircuitException if they are not Clifford, have branches or loops that
     *     depend on results, or have too many results to hold
     * @throws IllegalArgumentException if something looks back past the first measurement
     */
    public static StagedSampler detectors(List<Circuit> stages) {
        return new StagedSampler(compile(stages), false);
    }

    /**
     * A sampler whose shots are the measurement records of all stages.
     *
     * @param stages at least one
     * @throws UnsupportedCircuitException as for {@link #detectors}
     * @throws IllegalArgumentException as for {@link #detectors}
     */
    public static StagedSampler measurements(List<Circuit> stages) {
        return new StagedSampler(compile(stages), true);
    }

    private static StagedCircuit compile(List<Circuit> stages) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("There is at least one stage.");
        }
        List<List<Step>> steps = new ArrayList<>();
        List<Step> whole = new ArrayList<>();
        List<Integer> sweepBits = new ArrayList<>();
        int qubits = 0;
        for (Circuit stage : stages) {
            List<Step> lowered = Lowering.of(stage.requireBound());
            if (Features.needsSingleShots(lowered)) {
                throw new UnsupportedCircuitException(
                        "Stages have no branches and loops on results of their own. Maybe decide between stages?");
            }
            Features.requireQubitsStay(lowered, "Stages");
            steps.add(lowered);
            whole.addAll(lowered);
            sweepBits.add(stage.body().sweepBound());
            qubits = Math.max(qubits, stage.qubits());
        }
        // Also checks look-backs and counts of the whole.
        RecordLayout events = FrameSource.detectors(whole, qubits).layout();
        long measured = stages.stream().mapToLong(Circuit::results).sum();
        FrameSource.rowWords(measured);
        long[] reference = ReferenceSample.of(whole, qubits, true, Progress.NONE);
        return new StagedCircuit(
                List.copyOf(steps),
                List.copyOf(sweepBits),
                qubits,
                reference,
                RecordLayout.ofMeasurements((int) measured),
                events);
    }

    /** Returns how many stages there are. */
    public int stages() {
        return circuit.steps().size();
    }

    /** Returns how many sweep bits a stage has. */
    public int sweepBits(int stage) {
        return circuit.sweepBits().get(stage);
    }

    /** Returns what the bits of a shot are. */
    public RecordLayout layout() {
        return givesRecords ? circuit.records() : circuit.events();
    }

    /**
     * Samples shots and hands them on in order, on the calling thread.
     *
     * @param decision called after each stage but the last; from several threads at once, if the
     *     options have several
     * @throws IOException if the consumer throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, Decision decision, BatchConsumer consumer)
            throws IOException {
        sampleWith(options, () -> decision, consumer);
    }

    /**
     * Samples shots with decoders that are for one thread each.
     *
     * @param decisions gives one for each thread that samples
     * @throws IOException if the consumer throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sampleWith(
            RunOptions options, Supplier<? extends Decision> decisions, BatchConsumer consumer)
            throws IOException {
        BatchRunner.run(new StagedSource(circuit, givesRecords, decisions), options, consumer);
    }
}
