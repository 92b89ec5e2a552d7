package org.jaket.mps;

import java.util.function.Supplier;

/**
 * Gates with many controls. Where all controls have their values the gate is M, elsewhere the
 * identity, so the state becomes itself plus P (M - 1) of it, P the projection of the controls: the
 * sum of two chains, whose bonds add up and are then cut again.
 */
final class ChainSum {
    private ChainSum() {}

    /**
     * Applies a controlled matrix.
     *
     * @param controls sites
     * @param pattern bit k: the value of control k
     * @param targets sites, next to each other in any order
     * @param m interleaved, first target least significant
     */
    static void apply(
            Chain chain,
            int[] controls,
            long pattern,
            int[] targets,
            double[] m,
            Supplier<String> what) {
        int low = Integer.MAX_VALUE;
        int high = 0;
        for (int[] sites : new int[][] {controls, targets}) {
            for (int site : sites) {
                low = Math.min(low, site);
                high = Math.max(high, site);
            }
        }
        chain.moveCentre(low);
        Chain other = chain.copy();
        difference(other, targets, m, what);
        for (int k = 0; k < controls.length; k++) {
            double[] keep = new double[8];
            keep[(pattern >> k & 1) == 0 ? 0 : 6] = 1;
            other.set(controls[k], other.site(controls[k]).apply(keep));
        }
        add(chain, other, low, high, what);
        other.close();
        chain.declareCentre(low);
        chain.moveCentre(high);
        chain.compress(low, high, what);
    }

    /** Applies M - 1, which may be of low rank, and zero. */
    private static void difference(Chain chain, int[] targets, double[] m, Supplier<String> what) {
        int n = 1 << targets.length;
        double[] less = m.clone();
        for (int i = 0; i < n; i++) {
            less[2 * (i * n + i)] -= 1;
        }
        if (targets.length == 1) {
            chain.set(targets[0], chain.site(targets[0]).apply(less));
            return;
        }
        int first = java.util.Arrays.stream(targets).min().orElseThrow();
        int[] places = java.util.Arrays.stream(targets).map(t -> t - first).toArray();
        chain.moveCentreInto(first, first + targets.length - 1);
        ComplexArray block = chain.merge(first, targets.length, what);
        ComplexArray changed = BlockGate.apply(block, targets.length, new int[0], 0, places, less);
        chain.splitExactly(first, targets.length, changed);
    }

    /** Adds chains that are equal outside of a stretch of sites. */
    private static void add(Chain a, Chain b, int low, int high, Supplier<String> what) {
        long more = 0;
        for (int at = low; at <= high; at++) {
            more +=
                    2L
                            * (a.site(at).left + b.site(at).left)
                            * (a.site(at).right + b.site(at).right);
        }
        a.forecast(4 * more, what);
        for (int at = low; at <= high; at++) {
            Tensor x = a.site(at);
            Tensor y = b.site(at);
            // Outside of the stretch there is one bond for both, so its ends are not doubled.
            int shiftLeft = at == low ? 0 : x.left;
            int shiftRight = at == high ? 0 : x.right;
            int left = at == low ? x.left : x.left + y.left;
            int right = at == high ? x.right : x.right + y.right;
            ComplexArray sum = new ComplexArray(2 * left, right);
            put(x, sum, 0, 0);
            put(y, sum, shiftLeft, shiftRight);
            a.set(at, new Tensor(left, right, sum));
        }
    }

    private static void put(Tensor tensor, ComplexArray sum, int shiftLeft, int shiftRight) {
        for (int row = 0; row < 2 * tensor.left; row++) {
            int to = (row + 2 * shiftLeft) * sum.columns + shiftRight;
            int from = row * tensor.right;
            for (int r = 0; r < tensor.right; r++) {
                sum.re[to + r] += tensor.entries.re[from + r];
                sum.im[to + r] += tensor.entries.im[from + r];
            }
        }
    }
}
