package org.jaket.annealing.sampler;

import org.jspecify.annotations.Nullable;

/**
 * The interactions of a {@link SpinProblem} once more, by blocks of variables: for each block what
 * its variables do to each of all variables, one after the other in memory.
 */
final class Blocks {
    /** Variables in a block: what they change stays in the first cache. */
    static final int SIZE = 64;

    /**
     * With fewer neighbours in a block than these, reading a field once for all is no gain: their
     * number differs from field to field, which the processor does not foresee.
     */
    private static final int LEAST = 16;

    /** More interactions than these are not copied: a gigabyte. */
    private static final int MOST = 1 << 27;

    /** Telling all fields costs as much as telling the neighbours of so many, and some. */
    private static final int OVERHEAD = 24;

    /** Telling all fields at once pays where more variables than these have flipped. */
    final int many;

    /** For a block and a variable, block by block, where its part of the arrays below begins. */
    final int[] begin;

    /** Which variable of the block, times the lanes. */
    final int[] source;

    final float[] weight;

    /** By variable: the places in the problem's rows of the first neighbour in its own block. */
    final int[] near;

    /** And of the first one behind it. */
    final int[] far;

    private final int size;

    private Blocks(SpinProblem problem) {
        size = problem.size;
        int blocks = (size + SIZE - 1) / SIZE;
        begin = new int[blocks * size + 1];
        source = new int[problem.start[size]];
        weight = new float[source.length];
        near = new int[size];
        far = new int[size];
        int[] cursor = problem.start.clone();
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            int base = block * SIZE * SpinProblem.LANES;
            int end = base + SIZE * SpinProblem.LANES;
            for (int i = 0; i < size; i++) {
                int at = cursor[i];
                int from = at;
                begin[block * size + i] = count;
                while (at < problem.start[i + 1] && problem.neighbour[at] < end) {
                    source[count] = problem.neighbour[at] - base;
                    weight[count++] = problem.weight[at++];
                }
                cursor[i] = at;
                if (i / SIZE == block) {
                    near[i] = from;
                    far[i] = at;
                }
            }
        }
        begin[blocks * size] = count;
        many = OVERHEAD + (int) ((long) size * size / source.length);
    }

    /** The blocks of a problem, or null where it is too sparse or too large for them. */
    static @Nullable Blocks of(SpinProblem problem) {
        int n = problem.size;
        double inBlock = (double) problem.start[n] / n / n * SIZE;
        return inBlock >= LEAST && n >= 4 * SIZE && problem.start[n] <= MOST
                ? new Blocks(problem)
                : null;
    }

    /** Where the interactions of a variable with a block begin; those of the next one follow. */
    int row(int block, int variable) {
        return block * size + variable;
    }
}
