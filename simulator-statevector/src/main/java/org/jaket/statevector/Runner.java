package org.jaket.statevector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies passes to amplitudes: hands tiles to the workers, each copied into its
 * worker's buffer and back.
 */
final class Runner {
    private final Workers workers;
    private final Precision precision;
    private final @Nullable Scratch[] scratch;

    private record Scratch(Tile tile, PhaseTables tables) {}

    Runner(Workers workers, Precision precision) {
        this.workers = workers;
        this.precision = precision;
        this.scratch = new Scratch[workers.threads()];
    }

    Workers workers() {
        return workers;
    }

    void apply(List<Pass> passes, Amplitudes state) {
        for (Pass pass : passes) {
            apply(pass, state);
        }
    }

    void apply(Pass pass, Amplitudes state) {
        long local = pass.local();
        int tileBits = Long.bitCount(local);
        long outerMask = (state.length() - 1) & ~local;
        Kernels kernels = state.kernels();
        workers.run(
                1 << (state.qubits() - tileBits),
                (t, worker) -> {
                    long outer = Long.expand(t, outerMask);
                    Scratch own = scratch(worker, tileBits);
                    kernels.gather(own.tile, state.re(), state.im(), outer, local);
                    for (Step step : pass.steps()) {
                        step.apply(own.tile, outer, kernels, own.tables);
                    }
                    kernels.scatter(own.tile, state.re(), state.im(), outer, local);
                });
    }

    private Scratch scratch(int worker, int tileBits) {
        Scratch own = scratch[worker];
        if (own == null || own.tile.qubits() != tileBits) {
            own = new Scratch(Tile.allocate(precision, tileBits), new PhaseTables());
            scratch[worker] = own;
        }
        return own;
    }
}
