package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.Poisson;
import org.jaket.stabilizer.random.RareEvents;
import org.jspecify.annotations.Nullable;

/** Draws the errors of a program's channels into rows of bits; see {@link Channel} for how. */
final class NoiseSampler {
    /** Random words drawn at a time for scattered hits. */
    private static final int CHUNK = 512;

    private final Channel[] channels;
    private final int[] places;
    private final @Nullable Poisson[] counts;
    private final int shift;
    private final int words;
    private final int lanes;
    private final long[] random = new long[CHUNK];
    private final long[] mask;
    private final long[] extra;
    private BitSource source;

    NoiseSampler(FrameProgram program, BitKernels kernels, int shift) {
        this.channels = program.channels();
        this.places = program.places();
        this.shift = shift;
        this.words = 1 << shift;
        this.lanes = words << 6;
        this.mask = new long[words];
        this.extra = new long[words];
        this.source = BitSource.of(kernels, 0, 0, 0);
        this.counts = new Poisson[channels.length];
        for (int i = 0; i < channels.length; i++) {
            if (channels[i].method() == Channel.Method.SCATTER) {
                counts[i] = new Poisson(channels[i].mean() * places[i] * lanes);
            }
        }
    }

    /** Sets where randomness comes from. */
    void use(BitSource source) {
        this.source = source;
    }

    private int hits(int index, int locations) {
        Poisson law = counts[index];
        if (law == null || locations != places[index]) {
            law = new Poisson(channels[index].mean() * locations * lanes);
        }
        return law.sample(source);
    }

    /** Applies a channel to {@code n} locations whose rows are listed in the code. */
    void apply(int index, long[] table, int[] code, int from, int n) {
        Channel channel = channels[index];
        switch (channel.method()) {
            case SCATTER -> {
                int hits = hits(index, n);
                switch (channel.kind()) {
                    case FLIP -> scatter1(hits, table, code, from, n);
                    case FLIP_BOTH -> scatterBoth(hits, table, code, from, n);
                    case DEPOLARIZE1 -> scatterDepolarize1(hits, table, code, from, n);
                    case DEPOLARIZE2 -> scatterDepolarize2(hits, table, code, from, n);
                    case PAULI1, PAULI2 -> scatterPaulis(channel, hits, table, code, from, n);
                }
            }
            case DENSE -> {
                int rows = channel.kind().rows;
                for (int i = from; i < from + n * rows; i += rows) {
                    dense(channel, table, code, i, rows);
                }
            }
            case LIST -> list(channel, table, code, from, n);
        }
    }

    // The scattering loops: a random word gives the lane (bits 0 to 15), what happens (bits 16
    // up) and, by its upper half, the location. The upper half times n has the location above and
    // a fraction below; the fractions that would make some locations likelier are thrown away.

    private void scatter1(int hits, long[] table, int[] code, int from, int n) {
        long[] random = this.random;
        int laneMask = lanes - 1;
        long reject = (1L << 32) % n;
        while (hits > 0) {
            int chunk = Math.min(hits, CHUNK);
            source.fill(random, 0, chunk + 7 & -8);
            for (int k = 0; k < chunk; k++) {
                long r = random[k];
                long product = (r >>> 32) * n;
                if ((product & 0xFFFF_FFFFL) < reject) {
                    continue;
                }
                hits--;
                int lane = (int) r & laneMask;
                int row = code[from + (int) (product >>> 32)];
                table[(row << shift) + (lane >>> 6)] ^= 1L << lane;
            }
        }
    }

    private void scatterBoth(int hits, long[] table, int[] code, int from, int n) {
        long[] random = this.random;
        int laneMask = lanes - 1;
        long reject = (1L << 32) % n;
        while (hits > 0) {
            int chunk = Math.min(hits, CHUNK);
            source.fill(random, 0, chunk + 7 & -8);
            for (int k = 0; k < chunk; k++) {
                long r = random[k];
                long product = (r >>> 32) * n;
                if ((product & 0xFFFF_FFFFL) < reject) {
                    continue;
                }
                hits--;
                int lane = (int) r & laneMask;
                int at = from + 2 * (int) (product >>> 32);
                int word = lane >>> 6;
                table[(code[at] << shift) + word] ^= 1L << lane;
                table[(code[at + 1] << shift) + word] ^= 1L << lane;
            }
        }
    }

    private void scatterDepolarize1(int hits, long[] table, int[] code, int from, int n) {
        long[] random = this.random;
        int laneMask = lanes - 1;
        long choices = 3L * n;
        long reject = (1L << 32) % choices;
        while (hits > 0) {
            int chunk = Math.min(hits, CHUNK);
            source.fill(random, 0, chunk + 7 & -8);
            for (int k = 0; k < chunk; k++) {
                long r = random[k];
                long product = (r >>> 32) * choices;
                if ((product & 0xFFFF_FFFFL) < reject) {
                    continue;
                }
                hits--;
                int choice = (int) (product >>> 32);
                int location = choice / 3;
                long pauli = choice - 3L * location + 1;
                int lane = (int) r & laneMask;
                int at = from + 2 * location;
                int word = lane >>> 6;
                table[(code[at] << shift) + word] ^= (pauli & 1) << lane;
                table[(code[at + 1] << shift) + word] ^= (pauli >>> 1) << lane;
            }
        }
    }

    private void scatterDepolarize2(int hits, long[] table, int[] code, int from, int n) {
        long[] random = this.random;
        int laneMask = lanes - 1;
        long reject = (1L << 32) % n;
        while (hits > 0) {
            int chunk = Math.min(hits, CHUNK);
            source.fill(random, 0, chunk + 7 & -8);
            for (int k = 0; k < chunk; k++) {
                long r = random[k];
                long product = (r >>> 32) * n;
                if ((product & 0xFFFF_FFFFL) < reject) {
                    continue;
                }
                hits--;
                int lane = (int) r & laneMask;
                int at = from + 4 * (int) (product >>> 32);
                int word = lane >>> 6;
                table[(code[at] << shift) + word] ^= (r >>> 16 & 1) << lane;
                table[(code[at + 1] << shift) + word] ^= (r >>> 17 & 1) << lane;
                table[(code[at + 2] << shift) + word] ^= (r >>> 18 & 1) << lane;
                table[(code[at + 3] << shift) + word] ^= (r >>> 19 & 1) << lane;
            }
        }
    }

    private void scatterPaulis(
            Channel channel, int hits, long[] table, int[] code, int from, int n) {
        long[] random = this.random;
        int laneMask = lanes - 1;
        long reject = (1L << 32) % n;
        int rows = channel.kind().rows;
        while (hits > 0) {
            int chunk = Math.min(hits, CHUNK / 2);
            source.fill(random, 0, 2 * chunk + 7 & -8);
            for (int k = 0; k < chunk; k++) {
                long r = random[2 * k];
                long product = (r >>> 32) * n;
                if ((product & 0xFFFF_FFFFL) < reject) {
                    continue;
                }
                hits--;
                long pauli = channel.drawStep(random[2 * k + 1]);
                int lane = (int) r & laneMask;
                int at = from + rows * (int) (product >>> 32);
                int word = lane >>> 6;
                for (int i = 0; i < rows; i++) {
                    table[(code[at + i] << shift) + word] ^= (pauli >>> i & 1) << lane;
                }
            }
        }
    }

    private void dense(Channel channel, long[] table, int[] code, int at, int rows) {
        source.fillBernoulli(mask, 0, words, channel.probability());
        boolean depolarizes =
                channel.kind() == Channel.Kind.DEPOLARIZE1
                        || channel.kind() == Channel.Kind.DEPOLARIZE2;
        for (int i = at; i < at + rows; i++) {
            int row = code[i] << shift;
            if (depolarizes) {
                source.fill(extra, 0, words);
                for (int w = 0; w < words; w++) {
                    table[row + w] ^= mask[w] & extra[w];
                }
            } else {
                for (int w = 0; w < words; w++) {
                    table[row + w] ^= mask[w];
                }
            }
        }
    }

    private void list(Channel channel, long[] table, int[] code, int from, int n) {
        RareEvents events = channel.events();
        if (events == null) {
            return;
        }
        int rows = channel.kind().rows;
        long trials = (long) n * lanes;
        for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
            int lane = (int) s & (lanes - 1);
            int at = from + rows * (int) (s >>> shift + 6);
            long pauli = channel.drawCode(source.nextDouble());
            for (int i = 0; i < rows; i++) {
                table[(code[at + i] << shift) + (lane >>> 6)] ^= (pauli >>> i & 1) << lane;
            }
        }
    }

    /** Flips bits of {@code n} consecutive rows. */
    void flipRows(int index, long[] table, int offset, int n) {
        Channel channel = channels[index];
        if (channel.method() == Channel.Method.DENSE) {
            for (int i = 0; i < n; i++) {
                source.fillBernoulli(mask, 0, words, channel.probability());
                for (int w = 0; w < words; w++) {
                    table[offset + (i << shift) + w] ^= mask[w];
                }
            }
            return;
        }
        int laneMask = lanes - 1;
        for (int hits = hits(index, n); hits > 0; hits--) {
            int lane = (int) source.next() & laneMask;
            int row = source.nextBelow(n);
            table[offset + (row << shift) + (lane >>> 6)] ^= 1L << lane;
        }
    }

    /** Applies a heralded channel; the heralds go to {@code n} consecutive zeroed rows. */
    void herald(int index, long[] heralds, int offset, long[] table, int[] code, int from, int n) {
        Channel channel = channels[index];
        RareEvents events = channel.events();
        if (events == null) {
            return;
        }
        long trials = (long) n * lanes;
        for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
            int lane = (int) s & (lanes - 1);
            int location = (int) (s >>> shift + 6);
            int word = lane >>> 6;
            heralds[offset + (location << shift) + word] |= 1L << lane;
            long pauli = channel.drawCode(source.nextDouble());
            int at = from + 2 * location;
            table[(code[at] << shift) + word] ^= (pauli & 1) << lane;
            table[(code[at + 1] << shift) + word] ^= (pauli >>> 1) << lane;
        }
    }

    /** Flips {@code n} rows together in shots that the chain has not hit yet, and marks those. */
    void correlated(int index, long[] chain, long[] table, int[] code, int from, int n) {
        RareEvents events = channels[index].events();
        if (events == null) {
            return;
        }
        for (long s = events.next(-1, source); s < lanes; s = events.next(s, source)) {
            int lane = (int) s;
            int word = lane >>> 6;
            long bit = 1L << lane;
            if ((chain[word] & bit) == 0) {
                chain[word] |= bit;
                for (int i = from; i < from + n; i++) {
                    table[(code[i] << shift) + word] ^= bit;
                }
            }
        }
    }
}
