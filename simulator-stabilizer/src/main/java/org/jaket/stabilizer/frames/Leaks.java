package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.RareEvents;
import org.jspecify.annotations.Nullable;

/**
 * Leaked qubits of a batch of frames: a row of bits for each qubit that may leak, one where it has.
 *
 * <p>Why frames can do this exactly. Nobody can ask a leaked qubit for its state, so it may be
 * traced out and a completely mixed one put in its place: a uniformly random frame on the same
 * reference. That is what a leaked qubit has here, at all times and independently of everything
 * else, and all that is asked of it comes out right: gates on it alone keep it mixed, a measurement
 * gives a random result, a return leaves it mixed, a reset takes no notice. A gate with a partner
 * depolarises the partner, which is a random frame as well, whatever the gate would have done to
 * both. When a measurement has pinned a leaked qubit's frame down, it is drawn anew. Who is leaked
 * depends on chance alone and on no result, so given the leaks every channel is one of Pauli
 * errors, and flips against the reference have exactly the law of a simulation shot by shot.
 */
final class Leaks {
    private final Channel[] channels;
    private final int shift;
    private final int words;
    private final int lanes;
    private final long[] mask;
    private final long[] random;
    private BitSource source;

    Leaks(FrameProgram program, BitKernels kernels, int shift) {
        this.channels = program.channels();
        this.shift = shift;
        this.words = 1 << shift;
        this.lanes = words << 6;
        this.mask = new long[words];
        this.random = new long[words];
        this.source = BitSource.of(kernels, 0, 0, 0);
    }

    /** Sets where randomness comes from. */
    void use(BitSource source) {
        this.source = source;
    }

    /**
     * Makes qubits leak.
     *
     * @param from where {@code n} triples of leak row, X row and Z row start in the code
     * @param heralds takes the leaks that are new, in {@code n} consecutive zeroed rows, if given
     */
    void leak(
            int channel,
            long[] frame,
            int[] code,
            int from,
            int n,
            long @Nullable [] heralds,
            int offset) {
        RareEvents events = channels[channel].events();
        if (events == null) {
            return;
        }
        long trials = (long) n * lanes;
        for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
            int lane = (int) s & (lanes - 1);
            int location = (int) (s >>> shift + 6);
            int at = from + 3 * location;
            int word = lane >>> 6;
            long bit = 1L << lane;
            if ((frame[(code[at] << shift) + word] & bit) != 0) {
                continue;
            }
            long frames = source.next();
            frame[(code[at] << shift) + word] |= bit;
            frame[(code[at + 1] << shift) + word] ^= (frames & 1) << lane;
            frame[(code[at + 2] << shift) + word] ^= (frames >>> 1 & 1) << lane;
            if (heralds != null) {
                heralds[offset + (location << shift) + word] |= bit;
            }
        }
    }

    /** Brings qubits back, whose frames are random already. */
    void seep(int channel, long[] frame, int[] code, int from, int n) {
        RareEvents events = channels[channel].events();
        if (events == null) {
            return;
        }
        long trials = (long) n * lanes;
        for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
            int lane = (int) s & (lanes - 1);
            int row = code[from + (int) (s >>> shift + 6)];
            frame[(row << shift) + (lane >>> 6)] &= ~(1L << lane);
        }
    }

    /** Draws frames anew in the shots in which any of some qubits is leaked. */
    void scramble(long[] frame, int[] code, int at) {
        int rows = at + 3 + code[at + 1];
        int end = rows + code[at + 2];
        long any = 0;
        for (int w = 0; w < words; w++) {
            long leaked = 0;
            for (int i = at + 3; i < rows; i++) {
                leaked |= frame[(code[i] << shift) + w];
            }
            mask[w] = leaked;
            any |= leaked;
        }
        if (any == 0) {
            return;
        }
        for (int i = rows; i < end; i++) {
            int row = code[i] << shift;
            source.fill(random, 0, words);
            for (int w = 0; w < words; w++) {
                frame[row + w] ^= random[w] & mask[w];
            }
        }
    }
}
