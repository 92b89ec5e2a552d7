package org.jaket.statevector;

import java.util.List;

/**
 * Predicts how long gates take on this machine by doing a part of them: each pass on some of its
 * tiles, in a state that is smaller but no less than the caches hold.
 *
 * <p>A tile's steps cost the same wherever the tile lies, but that controls outside it may be off:
 * tiles are drawn from all of the real state.
 */
final class Rehearsal {
    /** More qubits than this are not needed to be limited by the memory: 2^22 amplitudes. */
    private static final int MOST_QUBITS = 22;

    private static final int MOST_TILES = 128;

    /**
     * Rehearsals are repeated until the best of them has stood for so long: until then the JIT may
     * still be at work.
     */
    private static final long STEADY_NANOS = 700_000_000L;

    private static final long MOST_NANOS = 8_000_000_000L;

    private final Runner runner;
    private final int qubits;
    private final int small;
    private final Amplitudes scratch;

    private Rehearsal(int qubits, Kernels kernels, Workers workers) {
        this.qubits = qubits;
        this.small = Math.min(qubits, MOST_QUBITS);
        this.runner = new Runner(workers, kernels.precision());
        this.scratch = Amplitudes.allocate(small, kernels, workers);
    }

    /**
     * The seconds that the gates of a program will take, loops unfolded, each branch once.
     *
     * @param times how often each instruction is done
     */
    static double seconds(Program program, double[] times, Kernels kernels, Workers workers) {
        Rehearsal rehearsal = new Rehearsal(program.qubits(), kernels, workers);
        try (Amplitudes scratch = rehearsal.scratch) {
            scratch.setBasis(0, rehearsal.runner);
            long start = System.nanoTime();
            long improved = start;
            double best = Double.MAX_VALUE;
            long now = start;
            while (now - improved < STEADY_NANOS && now - start < MOST_NANOS) {
                double seconds = rehearsal.seconds(program, times);
                now = System.nanoTime();
                if (seconds < 0.97 * best) {
                    improved = now;
                }
                best = Math.min(best, seconds);
            }
            return best;
        }
    }

    private double seconds(Program program, double[] times) {
        double sum = 0;
        for (int i = 0; i < times.length; i++) {
            sum +=
                    switch (program.instructions()[i]) {
                        case Instruction.Apply a -> times[i] * seconds(a.passes());
                        case Instruction.Noisy n -> times[i] * seconds(n.stretch().usual());
                        default -> 0;
                    };
        }
        return sum;
    }

    private double seconds(List<Pass> passes) {
        double sum = 0;
        for (Pass pass : passes) {
            int tileBits = Long.bitCount(pass.local());
            int tiles = Math.min(MOST_TILES, 1 << small - Math.min(small, tileBits));
            if (tileBits > small) {
                continue;
            }
            long start = System.nanoTime();
            runner.rehearse(pass, shrink(pass.local()), scratch, tiles, qubits);
            double all = Math.scalb(1.0, qubits - tileBits);
            sum += (System.nanoTime() - start) / 1e9 * all / tiles;
        }
        return sum;
    }

    /** The same number of qubits, those beyond the small state moved to its highest free ones. */
    private long shrink(long local) {
        long fits = local & ((1L << small) - 1);
        int missing = Long.bitCount(local) - Long.bitCount(fits);
        for (int q = small - 1; missing > 0; q--) {
            if ((fits >> q & 1) == 0) {
                fits |= 1L << q;
                missing--;
            }
        }
        return fits;
    }
}
