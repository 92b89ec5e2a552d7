package org.jaket.annealing.sampler;

/** Searches through the energy changes of all flips, in plain Java or on the Vector API. */
sealed interface MoveChoice permits MoveChoice.Plain, VectorMoveChoice {
    /** For {@link #find} where everything is free. */
    double[] ALWAYS = {};

    /** The best search there is. */
    static MoveChoice best() {
        return Kernels.VECTOR ? new VectorMoveChoice() : new Plain();
    }

    /** The least of all changes. */
    double least(double[] change, int size);

    /**
     * The least of all changes and the least of those that are free at a time, infinite if none is.
     *
     * @param until from when on each is free
     * @param least takes both
     */
    void least(double[] change, double[] until, int size, double time, double[] least);

    /**
     * The first place from {@code from} on, and then from the beginning on, that has a change and,
     * unless {@code until} is {@link #ALWAYS}, is free.
     *
     * @return -1 if there is none
     */
    int find(double value, double[] change, double[] until, int size, double time, int from);

    /** One number after the other. */
    final class Plain implements MoveChoice {
        @Override
        public double least(double[] change, int size) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                least = Math.min(least, change[i]);
            }
            return least;
        }

        @Override
        public void least(double[] change, double[] until, int size, double time, double[] least) {
            double all = Double.POSITIVE_INFINITY;
            double free = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                all = Math.min(all, change[i]);
                if (until[i] <= time) {
                    free = Math.min(free, change[i]);
                }
            }
            least[0] = all;
            least[1] = free;
        }

        @Override
        public int find(
                double value, double[] change, double[] until, int size, double time, int from) {
            for (int k = 0; k < size; k++) {
                int i = from + k < size ? from + k : from + k - size;
                if (change[i] == value && (until.length == 0 || until[i] <= time)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
