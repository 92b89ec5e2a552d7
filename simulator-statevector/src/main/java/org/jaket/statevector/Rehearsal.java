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
        this.runner = new Runner(workers);
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
        List<double[]> shares = Reach.shares(program);
        for (int i = 0; i < times.length; i++) {
            List<Pass> passes = Reach.passes(program.instructions()[i]);
            for (int p = 0; p < passes.size(); p++) {
                sum += times[i] * seconds(passes.get(p), shares.get(i)[p]);
            }
        }
        return sum;
    }

    private double seconds(Pass pass, double share) {
        int tileBits = Long.bitCount(pass.local());
        if (tileBits > small) {
            return 0;
        }
        int tiles = Math.min(MOST_TILES, 1 << small - tileBits);
        double all = Math.scalb(share, qubits - tileBits);
        tiles = (int) Math.clamp(Math.ceil(all), 1, tiles);
        long start = System.nanoTime();
        runner.rehearse(pass, shrink(pass.local()), scratch, tiles, qubits);
        return (System.nanoTime() - start) / 1e9 * all / tiles;
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
