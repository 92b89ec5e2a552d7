package org.jaket.statevector;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.Noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Noise on density matrices: superoperators where at most two qubits take part, sums of products
 * from both sides where there are more, and chance only for what is heralded.
 *
 * <p>A chain of correlated errors is one mixture of Pauli products. Where a circuit has other
 * operations between the links of a chain, whether an error has happened is left to chance too.
 */
final class DoubledNoise {
    /** The largest superoperators are 16 x 16: two qubits. */
    private static final int DENSE_QUBITS = 2;

    private final int qubits;
    private final DoubledGates gates;
    private final boolean chainsAreWhole;
    private int chains;

    DoubledNoise(Circuit circuit, int qubits, DoubledGates gates) {
        this.qubits = qubits;
        this.gates = gates;
        this.chainsAreWhole = areChainsWhole(circuit.body());
    }

    /** How many chains of errors are left to chance. */
    int chains() {
        return chains;
    }

    private static boolean areChainsWhole(Block block) {
        boolean open = false;
        for (Operation operation : block.operations()) {
            boolean isElse = isNoise(operation, Noise.ELSE_CORRELATED_ERROR);
            if (isElse && !open) {
                return false;
            }
            open = isElse || isNoise(operation, Noise.CORRELATED_ERROR);
            for (Block inner : operation.blocks()) {
                if (!areChainsWhole(inner)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isNoise(Operation operation, Noise noise) {
        return operation instanceof NoiseOperation n && n.noise() == noise;
    }

    /** The links of the chain of errors that begins at a place; none for other noise. */
    List<NoiseOperation> chain(List<Operation> operations, int place) {
        List<NoiseOperation> links = new ArrayList<>();
        if (chainsAreWhole
                && operations.get(place) instanceof NoiseOperation first
                && first.noise() == Noise.CORRELATED_ERROR) {
            links.add(first);
            for (int k = place + 1; k < operations.size(); k++) {
                if (!(operations.get(k) instanceof NoiseOperation next)
                        || next.noise() != Noise.ELSE_CORRELATED_ERROR) {
                    break;
                }
                links.add(next);
            }
        }
        return links;
    }

    /**
     * Lowers a noise operation.
     *
     * @param chain the chain that begins with it, as {@link #chain} gave it
     * @param add takes what is no gate
     */
    void lower(NoiseOperation n, List<NoiseOperation> chain, Consumer<Instruction> add) {
        if (!chain.isEmpty()) {
            mixture(chain, add);
            return;
        }
        NoiseLowering.Channel channel = NoiseLowering.channel(n);
        if (channel == null) {
            return;
        }
        if (channel.chained()) {
            if (channel.first()) {
                add.accept(new Instruction.BeginChain(chains++));
            }
            int number = Math.max(0, chains - 1);
            chains = Math.max(1, chains);
            add.accept(choose(channel, channel.groups().getFirst(), number));
            return;
        }
        for (int[] group : channel.groups()) {
            if (channel.herald() != null) {
                add.accept(heralded(channel, group));
            } else {
                gates.channel(group, superoperator(channel.letters(), channel.probabilities()));
            }
        }
    }

    /** A Kraus channel on some qubits. */
    void channel(KrausChannel channel, int[] targets, Consumer<Instruction> add) {
        if (targets.length <= DENSE_QUBITS) {
            gates.channel(targets, GateLowering.entries(channel.superoperator()));
            return;
        }
        List<List<Pass>> terms = new ArrayList<>();
        for (ComplexMatrix k : channel.operators()) {
            DoubledGates term = new DoubledGates(qubits);
            term.sandwich(targets, k);
            terms.add(term.finish());
        }
        double[] weights = new double[terms.size()];
        Arrays.fill(weights, 1);
        add.accept(new Instruction.Sum(weights, terms));
    }

    /** All links of a chain: the first that happens excludes the others. */
    private void mixture(List<NoiseOperation> chain, Consumer<Instruction> add) {
        if (chain.size() == 1) {
            // (1 - p) rho + p P rho P is a loss of phase where P is Z on one qubit.
            PauliProduct product = new PauliProduct(chain.getFirst().targets(), false);
            double p = chain.getFirst().arguments().getFirst();
            if (!product.letters().isEmpty()) {
                int parity = Parity.gather(product, gates);
                gates.channel(
                        new int[] {parity},
                        superoperator(
                                List.of(new Pauli[] {Pauli.I}, new Pauli[] {Pauli.Z}),
                                new double[] {1 - p, p}));
                Parity.scatter(product, gates);
            }
            return;
        }
        double rest = 1;
        List<List<Pass>> terms = new ArrayList<>();
        double[] weights = new double[chain.size() + 1];
        for (int k = 0; k < chain.size(); k++) {
            NoiseLowering.Channel link = NoiseLowering.channel(chain.get(k));
            DoubledGates term = new DoubledGates(qubits);
            if (link != null) {
                int[] group = link.groups().getFirst();
                Pauli[] letters = link.letters().getLast();
                for (int j = 0; j < group.length; j++) {
                    term.pauli(group[j], letters[j]);
                }
            }
            terms.add(term.finish());
            double p = chain.get(k).arguments().getFirst();
            weights[k] = rest * p;
            rest *= 1 - p;
        }
        terms.add(List.of());
        weights[chain.size()] = rest;
        add.accept(new Instruction.Sum(weights, terms));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Instruction.Choose choose(NoiseLowering.Channel channel, int[] group, int chain) {
        List<Pass>[] passes = new List[channel.probabilities().length];
        for (int o = 0; o < passes.length; o++) {
            DoubledGates outcome = new DoubledGates(qubits);
            for (int j = 0; j < group.length; j++) {
                outcome.pauli(group[j], channel.letters().get(o)[j]);
            }
            passes[o] = outcome.finish();
        }
        return new Instruction.Choose(channel.probabilities(), passes, null, chain);
    }

    /** Nothing, or everything that the herald tells of. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private Instruction.Choose heralded(NoiseLowering.Channel channel, int[] group) {
        double[] p = channel.probabilities().clone();
        double nothing = p[0];
        p[0] = 0;
        double sum = Arrays.stream(p).sum();
        for (int k = 0; k < p.length; k++) {
            p[k] = sum == 0 ? 0 : p[k] / sum;
        }
        DoubledGates error = new DoubledGates(qubits);
        error.channel(group, superoperator(channel.letters(), p));
        List<Pass>[] passes = new List[] {List.of(), error.finish()};
        return new Instruction.Choose(
                new double[] {nothing, 1 - nothing}, passes, new boolean[] {false, true}, -1);
    }

    /** The superoperator of a mixture of Pauli products: real, one entry a column and product. */
    private static double[] superoperator(List<Pauli[]> letters, double[] probabilities) {
        int k = letters.getFirst().length;
        int d = 1 << k;
        double[] entries = new double[2 * d * d * d * d];
        for (int o = 0; o < probabilities.length; o++) {
            int x = 0;
            int z = 0;
            for (int j = 0; j < k; j++) {
                x |= letters.get(o)[j].hasX() ? 1 << j : 0;
                z |= letters.get(o)[j].hasZ() ? 1 << j : 0;
            }
            for (int row = 0; row < d; row++) {
                for (int column = 0; column < d; column++) {
                    int from = row | column << k;
                    int to = (row ^ x) | (column ^ x) << k;
                    boolean negative = (Integer.bitCount((row ^ column) & z) & 1) != 0;
                    double p = probabilities[o];
                    entries[2 * (to * d * d + from)] += negative ? -p : p;
                }
            }
        }
        return entries;
    }
}
