package org.jaket.execution.trajectory;

import org.jaket.circuit.gate.StandardGate;

/** How states change once it is decided which way a random step goes. */
final class Outcomes {
    private Outcomes() {}

    /** Puts a qubit that was found in {@code one} into 0. */
    static void reset(PureState<?> state, int qubit, boolean one) {
        state.collapse(new int[] {qubit}, new long[] {one ? 1 : 0});
        if (one) {
            state.apply(ElementaryGate.of(StandardGate.X, qubit));
        }
    }

    /** Carries out one of the errors of a channel and notes it. */
    static void choose(Run run, PureState<?> state, Step.Choose c, int which) {
        boolean[] herald = c.herald();
        if (herald != null) {
            run.record(herald[which], -1);
        }
        c.errors().get(which).forEach(state::apply);
        if (c.chain() >= 0 && which > 0) {
            run.chainHit[c.chain()] = true;
        }
    }

    /** The probabilities of a channel's Kraus operators: tr(K rho K^dagger). */
    static double[] probabilities(PureState<?> state, Step.Kraus channel) {
        double[] rho = state.density(channel.qubits());
        int n = 1 << channel.qubits().length;
        double[] p = new double[channel.operators().size()];
        double total = 0;
        for (int o = 0; o < p.length; o++) {
            double[] k = channel.operators().get(o);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    // tr(K rho K^dagger) is the sum of (K rho)_ij conj(K_ij).
                    double re = 0;
                    double im = 0;
                    for (int l = 0; l < n; l++) {
                        int a = 2 * (i * n + l);
                        int b = 2 * (l * n + j);
                        re += k[a] * rho[b] - k[a + 1] * rho[b + 1];
                        im += k[a] * rho[b + 1] + k[a + 1] * rho[b];
                    }
                    p[o] += re * k[2 * (i * n + j)] + im * k[2 * (i * n + j) + 1];
                }
            }
            p[o] = Math.max(0, p[o]);
            total += p[o];
        }
        for (int o = 0; o < p.length; o++) {
            p[o] /= total;
        }
        return p;
    }
}
