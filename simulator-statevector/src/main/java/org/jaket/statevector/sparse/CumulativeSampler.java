package org.jaket.statevector.sparse;

import org.jaket.execution.trajectory.OutcomeSampler;

import java.util.Arrays;

/** Draws basis states by bisection of their summed probabilities. */
final class CumulativeSampler implements OutcomeSampler {
    private final long[] keys;
    private final double[] sums;
    private final int[] qubits;

    CumulativeSampler(SparseAmplitudes state, int[] qubits) {
        this.keys = state.keys;
        this.qubits = qubits;
        this.sums = new double[state.size];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += state.re[i] * state.re[i] + state.im[i] * state.im[i];
            sums[i] = sum;
        }
    }

    @Override
    public int draws() {
        return 1;
    }

    @Override
    public void draw(double[] uniform, long[] outcome) {
        double wanted = uniform[0] * sums[sums.length - 1];
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long key = keys[low];
        Arrays.fill(outcome, 0);
        for (int j = 0; j < qubits.length; j++) {
            outcome[j >> 6] |= (key >> qubits[j] & 1) << j;
        }
    }
}
