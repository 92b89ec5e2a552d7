package org.jaket.annealing.sampler;

/** Searches through the energy changes of all flips, in plain Java or on the Vector API. */
sealed interface MoveChoice permits MoveChoice.Plain, VectorMoveChoice {
    /** The best search there is. */
    static MoveChoice best() {
        return Kernels.VECTOR ? new VectorMoveChoice() : new Plain();
    }

    /** The least of all changes. */
    double least(double[] change, int size);

    /** The least change of what is free at a time, infinite if nothing is. */
    double leastFree(double[] change, int[] until, int size, int time);

    /**
     * The first place from {@code from} on, and then from the beginning on, that has a change and,
     * unless {@code until} is empty, is free.
     *
     * @return -1 if there is none
     */
    int find(double value, double[] change, int[] until, int size, int time, int from);

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
        public double leastFree(double[] change, int[] until, int size, int time) {
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                if (until[i] <= time) {
                    least = Math.min(least, change[i]);
                }
            }
            return least;
        }

        @Override
        public int find(double value, double[] change, int[] until, int size, int time, int from) {
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
