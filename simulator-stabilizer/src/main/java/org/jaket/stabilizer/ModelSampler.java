package org.jaket.stabilizer;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.mechanisms.MechanismSource;
import org.jaket.stabilizer.mechanisms.Replay;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchConsumer;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jaket.stabilizer.sampling.BatchSink;

import java.io.IOException;

/**
 * Samples a detector error model in bulk and streams the shots in batches.
 *
 * <pre>{@code
 * ModelSampler.of(model).sample(RunOptions.shots(1_000_000).seed(7), BatchSink.writing(writer));
 * }</pre>
 *
 * <p>Every error happens independently with its probability. The cost of a shot goes with the
 * errors that happen, not with those that could. Immutable; the same model and seed give the same
 * bits on any number of threads and any machine.
 */
public final class ModelSampler {
    private final DetectorErrorModel model;
    private final MechanismSource source;

    private ModelSampler(DetectorErrorModel model, MechanismSource source) {
        this.model = model;
        this.source = source;
    }

    /**
     * Makes a sampler; repeat blocks are not unfolded.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if the model is too large
     */
    public static ModelSampler of(DetectorErrorModel model) {
        return new ModelSampler(model, MechanismSource.of(model, false));
    }

    /** Returns what the bits of a shot are: detectors, then observables. */
    public RecordLayout layout() {
        return source.layout();
    }

    /** Returns how many errors the model has, repeat blocks unfolded. */
    public int errors() {
        return (int) model.errors();
    }

    /**
     * Samples shots and hands them on in order, on the calling thread.
     *
     * @throws IOException if the consumer throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, BatchConsumer consumer) throws IOException {
        sample(options, BatchSink.of(consumer));
    }

    /**
     * Samples shots into a sink, such as one that encodes them on the threads that sample.
     *
     * @throws IOException if the sink throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sample(RunOptions options, BatchSink<?> sink) throws IOException {
        BatchRunner.run(source, options, null, 0, sink);
    }

    /** Takes shots together with the errors that they come from. */
    @FunctionalInterface
    public interface ErrorConsumer {
        /**
         * Takes a batch.
         *
         * @param shots detectors and observables
         * @param errors which errors happened: one bit an error
         */
        void accept(ShotBatch shots, ShotBatch errors) throws IOException;
    }

    /**
     * Samples the shots that {@link #sample} gives, and tells which errors happened in each.
     *
     * @throws IOException if the consumer throws it
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public void sampleWithErrors(RunOptions options, ErrorConsumer consumer) throws IOException {
        int bits = layout().bits();
        BatchRunner.run(
                MechanismSource.of(model, true),
                options,
                batch -> consumer.accept(batch.slice(0, bits), batch.slice(bits, errors())));
    }

    /**
     * Works out what given errors flip.
     *
     * @param errors which errors happened: one bit an error
     * @throws IllegalArgumentException if the batch has another number of bits than the model
     *     errors
     */
    public ShotBatch replay(ShotBatch errors) {
        if (errors.bits() != errors()) {
            throw new IllegalArgumentException(
                    "The batch tells of %d errors, the model has %d."
                            .formatted(errors.bits(), errors()));
        }
        return Replay.of(model, errors, layout());
    }
}
