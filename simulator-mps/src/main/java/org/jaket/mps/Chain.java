package org.jaket.mps;

import org.jaket.execution.UnsupportedCircuitException;

import java.util.function.Supplier;

/**
 * A chain of tensors in mixed canonical form: those left of the centre have orthonormal columns,
 * those right of it orthonormal rows, so that the centre alone has the norm of the state and what a
 * cut there drops is what the state loses.
 */
final class Chain {
    private final MpsOptions options;
    private final HeapBudget budget;
    private final Tensor[] sites;
    private int centre;
    private long entries;
    private double discarded;
    private double fidelity = 1;
    private int maxBond = 1;

    /** Qubits in 0. */
    Chain(int length, MpsOptions options, HeapBudget budget) {
        this.options = options;
        this.budget = budget;
        sites = new Tensor[length];
        java.util.Arrays.fill(sites, Tensor.zero());
        entries = 2L * length;
        budget.change(16 * entries);
    }

    private Chain(Chain other) {
        options = other.options;
        budget = other.budget;
        sites = other.sites.clone();
        centre = other.centre;
        entries = other.entries;
        discarded = other.discarded;
        fidelity = other.fidelity;
        maxBond = other.maxBond;
        budget.change(16 * entries);
    }

    /** An independent chain, which counts as much memory though it shares tensors at first. */
    Chain copy() {
        return new Chain(this);
    }

    /** Whether memory admits a copy that lives on beside this chain. */
    boolean mayBeCopied() {
        return budget.admitsCopy(16 * entries);
    }

    /** The chain is not used any more. */
    void close() {
        budget.change(-16 * entries);
    }

    int length() {
        return sites.length;
    }

    int centre() {
        return centre;
    }

    Tensor site(int at) {
        return sites[at];
    }

    void set(int at, Tensor tensor) {
        long more = tensor.size() - sites[at].size();
        entries += more;
        budget.change(16 * more);
        sites[at] = tensor;
    }

    Truncation truncation() {
        return new Truncation(discarded, fidelity, maxBond);
    }

    /** The bond dimension right of a site. */
    int bond(int at) {
        return sites[at].right;
    }

    // ---- moving the centre ----------------------------------------------------------------

    /** Makes a site the centre. */
    void moveCentre(int to) {
        while (centre < to) {
            ComplexQr qr = new ComplexQr(sites[centre].entries);
            set(centre, new Tensor(sites[centre].left, qr.rank, qr.q()));
            set(centre + 1, sites[centre + 1].after(qr.r()));
            centre++;
        }
        while (centre > to) {
            ComplexQr qr = new ComplexQr(sites[centre].wide().adjoint());
            set(centre, new Tensor(qr.rank, sites[centre].right, qr.q().adjoint()));
            set(centre - 1, sites[centre - 1].before(qr.r().adjoint()));
            centre--;
        }
    }

    /** Makes one of a few consecutive sites the centre, the nearest. */
    void moveCentreInto(int first, int last) {
        moveCentre(Math.clamp(centre, first, last));
    }

    /** Says that a site is to be taken for the centre, whatever the others are. */
    void declareCentre(int at) {
        centre = at;
    }

    // ---- blocks of sites ------------------------------------------------------------------

    /**
     * The product of a few consecutive tensors, one of which is the centre: left rows and 2^k right
     * columns, the first site's qubit most significant.
     */
    ComplexArray merge(int first, int count, Supplier<String> what) {
        long size = (long) sites[first].left * sites[first + count - 1].right << count;
        // The product before and after the gate, its factors, and what they are computed from.
        forecast(8 * size, what);
        ComplexArray product = sites[first].entries;
        for (int k = 1; k < count; k++) {
            Tensor next = sites[first + k];
            product = product.times(next.wide()).shaped(product.rows * 2, next.right);
        }
        return product.shaped(sites[first].left, product.re.length / sites[first].left);
    }

    /** Fails if so many more entries would not fit into memory. */
    void forecast(long more, Supplier<String> what) {
        if (more > 8L * (Integer.MAX_VALUE - 8) || !budget.admits(16 * more)) {
            throw new UnsupportedCircuitException(
                    what.get()
                            + " needs about "
                            + human(budget.held() + 16 * more)
                            + " for a matrix product state of bond dimension "
                            + maxBond
                            + ", and it may take "
                            + human(budget.total())
                            + " of the Java heap. Maybe limit the bond dimension, or give Java"
                            + " more heap (-Xmx).");
        }
    }

    private static String human(long bytes) {
        double kib = bytes / 1024.0;
        return kib < 1024
                ? "%.1f KiB".formatted(kib)
                : kib < 1 << 20
                        ? "%.1f MiB".formatted(kib / 1024)
                        : "%.1f GiB".formatted(kib / (1 << 20));
    }

    /** Puts a product of {@link #merge} back, cut by cut; the last site becomes the centre. */
    void split(int first, int count, ComplexArray product, Supplier<String> what) {
        split(first, count, product, options, what);
    }

    /** The same without loss, for a chain that is a summand of a state. */
    void splitExactly(int first, int count, ComplexArray product) {
        MpsOptions exact = new MpsOptions(Integer.MAX_VALUE, MpsOptions.ROUNDING, 0);
        split(first, count, product, exact, () -> "a gate");
    }

    private void split(
            int first, int count, ComplexArray product, MpsOptions options, Supplier<String> what) {
        ComplexArray rest = product;
        int left = product.rows;
        int right = sites[first + count - 1].right;
        for (int k = 0; k < count - 1; k++) {
            Cut cut = Cut.of(rest.shaped(2 * left, rest.re.length / (2 * left)), options);
            note(cut, what);
            set(first + k, new Tensor(left, cut.values().length, cut.left()));
            left = cut.values().length;
            rest = cut.weightedRight();
        }
        set(first + count - 1, new Tensor(left, right, rest));
        centre = first + count - 1;
    }

    private void note(Cut cut, Supplier<String> what) {
        discarded += cut.discarded();
        fidelity *= 1 - cut.discarded();
        maxBond = Math.max(maxBond, cut.values().length);
        if (fidelity < options.minFidelity()) {
            throw new UnsupportedCircuitException(
                    "At "
                            + what.get()
                            + " the state no longer fits into bonds of dimension "
                            + options.maxBond()
                            + ": its fidelity is about "
                            + fidelity
                            + ", less than "
                            + options.minFidelity()
                            + ". Maybe allow larger bonds or a lower fidelity"
                            + " (MpsOptions.bond), or use the statevector engine.");
        }
    }

    // ---- smaller bonds --------------------------------------------------------------------

    /**
     * Cuts the bonds between two sites anew, and those beyond as far as they shrink: after a
     * projection there are zeros among the singular values. One of the sites must be the centre.
     */
    void compress(int first, int last, Supplier<String> what) {
        moveCentre(last);
        boolean shrinks = true;
        int at = last;
        while (at > 0 && (at >= first || shrinks)) {
            shrinks = cutLeft(at--, what);
        }
        shrinks = true;
        while (at < sites.length - 1 && (at <= last || shrinks)) {
            shrinks = cutRight(at++, what);
        }
    }

    /** Cuts the bond left of the centre and moves there; returns whether it shrank. */
    private boolean cutLeft(int at, Supplier<String> what) {
        int before = sites[at].left;
        Cut cut = Cut.of(sites[at].wide(), options);
        note(cut, what);
        set(at, new Tensor(cut.values().length, sites[at].right, cut.right()));
        set(at - 1, sites[at - 1].before(cut.weightedLeft()));
        centre = at - 1;
        return cut.values().length < before;
    }

    private boolean cutRight(int at, Supplier<String> what) {
        int before = sites[at].right;
        Cut cut = Cut.of(sites[at].entries, options);
        note(cut, what);
        set(at, new Tensor(sites[at].left, cut.values().length, cut.left()));
        set(at + 1, sites[at + 1].after(cut.weightedRight()));
        centre = at + 1;
        return cut.values().length < before;
    }

    /** Makes the norm 1 at the centre. */
    void normalise() {
        double norm = sites[centre].entries.norm();
        if (!(norm > 0)) {
            throw new IllegalStateException("an outcome of probability zero was asked for");
        }
        set(centre, sites[centre].scaled(1 / Math.sqrt(norm)));
    }
}
