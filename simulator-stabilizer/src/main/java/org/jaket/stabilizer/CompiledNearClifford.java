package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.execution.BitLayout;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.NearCliffordSimulator.Forecast;
import org.jaket.stabilizer.nearclifford.NearCliffordSource;
import org.jaket.stabilizer.sampling.BatchRunner;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A circuit compiled by {@link NearCliffordSimulator#compile}: its cost can be asked before it is
 * run, and it can be run any number of times, by several threads.
 */
public final class CompiledNearClifford {
    private final BitLayout layout;
    private final NearCliffordSource source;

    CompiledNearClifford(Circuit circuit, Progress progress) {
        circuit.requireBound();
        this.source =
                circuit.classicalRegisters().isEmpty()
                        ? NearCliffordSource.measurements(circuit, progress)
                        : NearCliffordSource.registers(circuit, progress);
        this.layout = BitLayout.of(circuit);
    }

    /** Says what runs cost. */
    public Forecast forecast() {
        return new Forecast(source.mostActive(), source.workOnce(), source.workPerShot());
    }

    /**
     * Samples shots, sweep bits being zero.
     *
     * @throws org.jaket.circuit.CircuitException if there are more shots than memory holds
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public Shots run(RunOptions options) {
        long[] words = StabilizerSimulator.room(layout, options.shots());
        try {
            BatchRunner.run(
                    source,
                    options,
                    batch -> StabilizerSimulator.store(batch, new int[0], layout.words(), words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shots(layout, options.seed(), (int) options.shots(), words);
    }

    /**
     * The exact distribution of the results, as {@link NearCliffordSimulator#probabilities}.
     *
     * @throws UnsupportedCircuitException if shots can go too many ways
     * @throws java.util.concurrent.CancellationException if the progress says that the work should
     *     stop
     */
    public Distribution probabilities(Progress progress) {
        return source.distribution(layout, progress);
    }
}
