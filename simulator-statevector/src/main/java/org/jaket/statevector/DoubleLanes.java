package org.jaket.statevector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import org.jaket.statevector.lanes.VectorWidth;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/** The register shape of double-precision kernels, and moves between registers and memory. */
final class DoubleLanes {
    static final VectorSpecies<Double> SPECIES =
            VectorWidth.species(DoubleVector.SPECIES_PREFERRED);
    static final int LENGTH = SPECIES.length();
    static final int BITS = Integer.numberOfTrailingZeros(LENGTH);

    /** Base-two logarithm of the bytes of an element. */
    static final int SHIFT = 3;

    /** Permutations that exchange halves, quarters, and so on down to single lanes. */
    private static final List<VectorShuffle<Double>> FOLDS =
            IntStream.iterate(LENGTH / 2, half -> half > 0, half -> half >> 1)
                    .mapToObj(DoubleLanes::exchange)
                    .toList();

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private DoubleLanes() {}

    static DoubleVector load(MemorySegment segment, long index) {
        return DoubleVector.fromMemorySegment(SPECIES, segment, index << SHIFT, NATIVE);
    }

    static void store(DoubleVector v, MemorySegment segment, long index) {
        v.intoMemorySegment(segment, index << SHIFT, NATIVE);
    }

    static DoubleVector splat(double x) {
        return DoubleVector.broadcast(SPECIES, x);
    }

    /**
     * The sum of all lanes, halves added first. The order is written out because that of
     * reduceLanes differs between interpreted and compiled code.
     */
    static double sum(DoubleVector v) {
        DoubleVector halves = v;
        for (VectorShuffle<Double> fold : FOLDS) {
            halves = halves.add(halves.rearrange(fold));
        }
        return halves.lane(0);
    }

    /** The lanes whose number has exactly the bits {@code value} under {@code mask}. */
    static VectorMask<Double> select(long mask, long value) {
        long bits = 0;
        for (int lane = 0; lane < LENGTH; lane++) {
            if ((lane & mask) == (value & (LENGTH - 1))) {
                bits |= 1L << lane;
            }
        }
        return VectorMask.fromLong(SPECIES, bits);
    }

    /** The permutation that moves lane {@code i ^ x} to lane i. */
    static VectorShuffle<Double> exchange(int x) {
        return VectorShuffle.fromOp(SPECIES, i -> (i ^ x) & (LENGTH - 1));
    }

    /** +1 or -1 per lane: {@code (-1)^popcount(lane & z)}. */
    static DoubleVector signs(long z) {
        double[] s = new double[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            s[lane] = (Long.bitCount(lane & z) & 1) == 0 ? 1 : -1;
        }
        return DoubleVector.fromArray(SPECIES, s, 0);
    }
}
