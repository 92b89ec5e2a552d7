package org.jaket.mps;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.trajectory.ElementaryGate;
import org.jaket.execution.trajectory.OutcomeSampler;
import org.jaket.execution.trajectory.PureState;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Qubits on a {@link Chain}. Qubits that a gate brings together stay where they were brought, and
 * SWAP only renames: {@code siteOf} says where each is.
 */
final class ChainState implements PureState<ChainState> {
    /** Gates on so many qubits, controls included, are one block; more controls are a sum. */
    private static final int DENSE = 4;

    private final Chain chain;
    private final int[] siteOf;
    private final int[] qubitAt;
    private final Consumer<Truncation> end;
    private long gates;

    /**
     * All qubits in 0.
     *
     * @param budget the bytes that the states of a run may take
     * @param end is told what was lost when the state is closed
     */
    ChainState(int qubits, MpsOptions options, HeapBudget budget, Consumer<Truncation> end) {
        this(
                new Chain(Math.max(1, qubits), options, budget),
                identity(qubits),
                identity(qubits),
                end);
    }

    private ChainState(Chain chain, int[] siteOf, int[] qubitAt, Consumer<Truncation> end) {
        this.chain = chain;
        this.siteOf = siteOf;
        this.qubitAt = qubitAt;
        this.end = end;
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, k -> k);
        return order;
    }

    @Override
    public @Nullable ChainState copy() {
        if (!chain.mayBeCopied()) {
            return null;
        }
        ChainState copy = new ChainState(chain.copy(), siteOf.clone(), qubitAt.clone(), end);
        copy.gates = gates;
        return copy;
    }

    @Override
    public void close() {
        end.accept(chain.truncation());
        chain.close();
    }

    Truncation truncation() {
        return chain.truncation();
    }

    /** The bond dimensions along the chain. */
    int[] bonds() {
        int[] bonds = new int[chain.length() - 1];
        Arrays.setAll(bonds, chain::bond);
        return bonds;
    }

    // ---- gates ----------------------------------------------------------------------------

    @Override
    public void apply(ElementaryGate gate) {
        gates++;
        Supplier<String> what = () -> gate.describe() + ", gate number " + gates + " of the run,";
        int[] targets = gate.targets();
        int size = gate.controls().length + targets.length;
        if (gate.isSwap()) {
            rename(targets[0], targets[1]);
        } else if (size == 0) {
            int at = chain.centre();
            double c = gate.matrix()[0];
            double s = gate.matrix()[1];
            chain.set(at, chain.site(at).apply(new double[] {c, s, 0, 0, 0, 0, c, s}));
        } else if (targets.length == 0) {
            // A phase where all controls have their values: diagonal on the last of them.
            double[] m = {1, 0, 0, 0, 0, 0, 1, 0};
            int last = gate.controls().length - 1;
            int at = (gate.pattern() >> last & 1) == 0 ? 0 : 6;
            m[at] = gate.matrix()[0];
            m[at + 1] = gate.matrix()[1];
            long rest = gate.pattern() & ~(1L << last);
            int[] controls = Arrays.copyOf(gate.controls(), last);
            matrix(controls, rest, new int[] {gate.controls()[last]}, m, what);
        } else {
            matrix(gate.controls(), gate.pattern(), targets, gate.matrix(), what);
        }
    }

    private void matrix(
            int[] controls, long pattern, int[] targets, double[] m, Supplier<String> what) {
        if (controls.length == 0 && targets.length == 1) {
            int at = siteOf[targets[0]];
            chain.set(at, chain.site(at).apply(m));
        } else if (controls.length == 0 || controls.length + targets.length <= DENSE) {
            int[] all = Arrays.copyOf(controls, controls.length + targets.length);
            System.arraycopy(targets, 0, all, controls.length, targets.length);
            block(all, controls, pattern, targets, m, what);
        } else {
            gather(targets, what);
            ChainSum.apply(chain, sites(controls, 0), pattern, sites(targets, 0), m, what);
        }
    }

    private void block(
            int[] all,
            int[] controls,
            long pattern,
            int[] targets,
            double[] m,
            Supplier<String> what) {
        int first = gather(all, what);
        chain.moveCentreInto(first, first + all.length - 1);
        ComplexArray product = chain.merge(first, all.length, what);
        ComplexArray changed =
                BlockGate.apply(
                        product,
                        all.length,
                        sites(controls, first),
                        pattern,
                        sites(targets, first),
                        m);
        chain.split(first, all.length, changed, what);
    }

    private int[] sites(int[] qubits, int from) {
        int[] sites = new int[qubits.length];
        Arrays.setAll(sites, k -> siteOf[qubits[k]] - from);
        return sites;
    }

    // ---- order of the qubits --------------------------------------------------------------

    private void rename(int a, int b) {
        int site = siteOf[a];
        place(a, siteOf[b]);
        place(b, site);
    }

    private void place(int qubit, int site) {
        siteOf[qubit] = site;
        qubitAt[site] = qubit;
    }

    /** Brings qubits to neighbouring sites, towards the middle one; returns the first site. */
    private int gather(int[] qubits, Supplier<String> what) {
        int[] sites = sites(qubits, 0);
        Arrays.sort(sites);
        int middle = sites.length / 2;
        for (int k = middle - 1; k >= 0; k--) {
            move(sites[k], sites[middle] - (middle - k), what);
        }
        for (int k = middle + 1; k < sites.length; k++) {
            move(sites[k], sites[middle] + (k - middle), what);
        }
        return sites[middle] - middle;
    }

    private void move(int from, int to, Supplier<String> what) {
        for (int at = from; at < to; at++) {
            exchange(at, what);
        }
        for (int at = from; at > to; at--) {
            exchange(at - 1, what);
        }
    }

    private static final double[] SWAP = new double[32];

    static {
        SWAP[0] = SWAP[2 * (4 + 2)] = SWAP[2 * (8 + 1)] = SWAP[30] = 1;
    }

    /** Exchanges the qubits of a site and the next. */
    private void exchange(int site, Supplier<String> what) {
        chain.moveCentreInto(site, site + 1);
        ComplexArray product = chain.merge(site, 2, what);
        ComplexArray changed = BlockGate.apply(product, 2, new int[0], 0, new int[] {0, 1}, SWAP);
        chain.split(site, 2, changed, what);
        int here = qubitAt[site];
        place(qubitAt[site + 1], site);
        place(here, site + 1);
    }

    // ---- measurement ----------------------------------------------------------------------

    @Override
    public double probabilityOfOne(int qubit) {
        chain.moveCentre(siteOf[qubit]);
        Tensor centre = chain.site(siteOf[qubit]);
        double one = centre.weight(1);
        return one / (one + centre.weight(0));
    }

    @Override
    public OutcomeSampler sampler(int[] qubits) {
        int[] sites = sites(qubits, 0);
        chain.moveCentre(Arrays.stream(sites).min().orElseThrow());
        return new ChainSampler(chain, sites);
    }

    @Override
    public void collapse(int[] qubits, long[] outcome) {
        boolean[] measured = new boolean[chain.length()];
        boolean[] one = new boolean[chain.length()];
        int first = chain.length();
        int last = 0;
        for (int j = 0; j < qubits.length; j++) {
            int site = siteOf[qubits[j]];
            measured[site] = true;
            one[site] = (outcome[j >> 6] >> j & 1) != 0;
            first = Math.min(first, site);
            last = Math.max(last, site);
        }
        for (int site = first; site <= last; site++) {
            if (measured[site]) {
                chain.moveCentre(site);
                double[] keep = new double[8];
                keep[one[site] ? 6 : 0] = 1;
                chain.set(site, chain.site(site).apply(keep));
                chain.normalise();
            }
        }
        chain.compress(first, last, () -> "a measurement");
    }

    // ---- channels and observables ---------------------------------------------------------

    @Override
    public double[] density(int[] qubits) {
        Supplier<String> what = () -> "a channel";
        int first = gather(qubits, what);
        chain.moveCentreInto(first, first + qubits.length - 1);
        ComplexArray block = chain.merge(first, qubits.length, what);
        return BlockGate.density(block, qubits.length, sites(qubits, first));
    }

    @Override
    public void operate(int[] qubits, double[] matrix) {
        Supplier<String> what = () -> "a channel";
        if (qubits.length == 1) {
            int at = siteOf[qubits[0]];
            chain.moveCentre(at);
            chain.set(at, chain.site(at).apply(matrix));
        } else {
            block(qubits, new int[0], 0, qubits, matrix, what);
        }
        chain.normalise();
        int first = Arrays.stream(sites(qubits, 0)).min().orElseThrow();
        chain.compress(first, first + qubits.length - 1, what);
    }

    @Override
    public double expectation(PauliString string) {
        int[] support = string.support();
        double sign = string.phase() == 2 ? -1 : 1;
        if (support.length == 0) {
            return sign;
        }
        int[] sites = sites(support, 0);
        Pauli[] letters = new Pauli[chain.length()];
        Arrays.fill(letters, Pauli.I);
        for (int k = 0; k < sites.length; k++) {
            letters[sites[k]] = string.get(support[k]);
        }
        int first = Arrays.stream(sites).min().orElseThrow();
        int last = Arrays.stream(sites).max().orElseThrow();
        chain.moveCentreInto(first, last);
        return sign * Environment.expectation(chain, first, last, letters);
    }

    /** The amplitude of a basis state, {re, im}. */
    double[] amplitude(boolean[] ones) {
        double[] re = {1};
        double[] im = {0};
        for (int site = 0; site < chain.length(); site++) {
            Tensor t = chain.site(site);
            int s = site < qubitAt.length && ones[qubitAt[site]] ? 1 : 0;
            double[] nextRe = new double[t.right];
            double[] nextIm = new double[t.right];
            ChainSampler.step(t, s, re, im, nextRe, nextIm);
            re = nextRe;
            im = nextIm;
        }
        return new double[] {re[0], im[0]};
    }
}
