package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.topology.HardwareGraph;

import java.util.Arrays;

/**
 * A model on the qubits of a processor that stands for a {@linkplain #source model} of fewer
 * variables. A variable's bias is shared equally by the qubits of its chain, an interaction by all
 * couplers between two chains; couplers inside a chain hold it together.
 *
 * <p>A state without broken chains has the same energy in both models, up to rounding; every
 * coupler within a chain that is broken costs twice the chain strength. Immutable.
 */
public final class EmbeddedModel {
    private final BinaryQuadraticModel source;
    private final BinaryQuadraticModel model;
    private final Embedding embedding;
    private final double chainStrength;

    /** Of each variable: where its qubits stand among the embedded model's variables. */
    private final int[][] places;

    private EmbeddedModel(
            BinaryQuadraticModel source,
            BinaryQuadraticModel model,
            Embedding embedding,
            double chainStrength,
            int[][] places) {
        this.source = source;
        this.model = model;
        this.embedding = embedding;
        this.chainStrength = chainStrength;
        this.places = places;
    }

    /**
     * Puts a model on a processor. Takes time in proportion to the couplers in use.
     *
     * @throws InvalidEmbeddingException if the embedding does not carry the model there
     */
    public static EmbeddedModel of(
            BinaryQuadraticModel source,
            HardwareGraph hardware,
            Embedding embedding,
            ChainStrength strength) {
        embedding.requireValid(ProblemGraph.of(source), hardware);
        double chainStrength = strength.of(source);
        int[] qubits = embedding.qubits();
        int[][] places = new int[embedding.size()][];
        int[] owner = new int[qubits.length];
        for (int v = 0; v < places.length; v++) {
            places[v] = new int[embedding.length(v)];
            for (int k = 0; k < places[v].length; k++) {
                places[v][k] = Arrays.binarySearch(qubits, embedding.qubit(v, k));
                owner[places[v][k]] = v;
            }
        }
        var builder =
                BinaryQuadraticModel.builder(source.vartype())
                        .addVariables(Variables.of(Arrays.stream(qubits).boxed().toList()))
                        .addOffset(source.offset());
        for (int v = 0; v < places.length; v++) {
            for (int place : places[v]) {
                builder.addLinear(place, source.linear(v) / places[v].length);
            }
        }
        Couplers couplers = new Couplers(hardware, qubits, owner, places);
        int[] shares = new int[places.length];
        for (int v = 0; v < places.length; v++) {
            int i = v;
            couplers.upwards(v, (a, b) -> shares[owner[b]]++);
            couplers.upwards(
                    v,
                    (a, b) -> {
                        int j = owner[b];
                        if (j == i) {
                            chain(builder, source.vartype(), a, b, chainStrength);
                        } else if (source.quadratic(i, j) != 0) {
                            builder.addQuadratic(a, b, source.quadratic(i, j) / shares[j]);
                        }
                    });
            Arrays.fill(shares, 0);
        }
        return new EmbeddedModel(source, builder.build(), embedding, chainStrength, places);
    }

    /** One coupler of a chain: no energy if its qubits agree, twice the strength if not. */
    private static void chain(
            BinaryQuadraticModel.Builder builder, Vartype vartype, int a, int b, double strength) {
        if (vartype == Vartype.SPIN) {
            builder.addQuadratic(a, b, -strength).addOffset(strength);
        } else {
            builder.addLinear(a, 2 * strength).addLinear(b, 2 * strength);
            builder.addQuadratic(a, b, -4 * strength);
        }
    }

    /** The couplers between qubits that are in use. */
    private record Couplers(HardwareGraph hardware, int[] qubits, int[] owner, int[][] places) {
        interface Pair {
            void accept(int a, int b);
        }

        /** Those within a variable's chain, and from there to variables of higher numbers. */
        void upwards(int variable, Pair consumer) {
            for (int a : places[variable]) {
                for (int k = 0; k < hardware.degree(qubits[a]); k++) {
                    int b = Arrays.binarySearch(qubits, hardware.neighbour(qubits[a], k));
                    if (b >= 0 && (owner[b] > variable || owner[b] == variable && b > a)) {
                        consumer.accept(a, b);
                    }
                }
            }
        }
    }

    /** The model that this one stands for. */
    public BinaryQuadraticModel source() {
        return source;
    }

    /** The model on qubits. Its variables are labelled by the numbers of the qubits, ascending. */
    public BinaryQuadraticModel model() {
        return model;
    }

    /** Which qubits stand for which variable. */
    public Embedding embedding() {
        return embedding;
    }

    /** How strongly chains are held together, in spins. */
    public double chainStrength() {
        return chainStrength;
    }

    /** Where the k-th qubit of a chain stands among the variables of {@link #model}. */
    int place(int variable, int k) {
        return places[variable][k];
    }

    /** The state of all qubits in which every chain has its variable's value. */
    public byte[] embed(byte[] state) {
        if (state.length != places.length) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(places.length, state.length));
        }
        byte[] qubits = new byte[model.size()];
        for (int v = 0; v < places.length; v++) {
            for (int place : places[v]) {
                qubits[place] = state[v];
            }
        }
        return qubits;
    }

    /** Whether the qubits of a variable's chain do not all have the same value. */
    public boolean isBroken(byte[] qubits, int variable) {
        checkQubits(qubits);
        for (int place : places[variable]) {
            if (qubits[place] != qubits[places[variable][0]]) {
                return true;
            }
        }
        return false;
    }

    /** Which share of the chains is broken: 0 for none, 1 for all; 0 without variables. */
    public double chainBreakFraction(byte[] qubits) {
        int broken = 0;
        for (int v = 0; v < places.length; v++) {
            broken += isBroken(qubits, v) ? 1 : 0;
        }
        return places.length == 0 ? 0 : (double) broken / places.length;
    }

    /**
     * The state of the source's variables that the state of the qubits stands for.
     *
     * @param breaks what to do with broken chains; {@link ChainBreaks#DISCARD} counts votes here
     * @param seed decides what is random
     */
    public byte[] unembed(byte[] qubits, ChainBreaks breaks, long seed) {
        checkQubits(qubits);
        return new ChainRepair(this, new Draws(seed, 0)).repaired(qubits, breaks);
    }

    private void checkQubits(byte[] qubits) {
        if (qubits.length != model.size()) {
            throw new IllegalArgumentException(
                    "a state of the qubits has %d values, not %d"
                            .formatted(model.size(), qubits.length));
        }
    }

    @Override
    public String toString() {
        return "%s; chain strength %s".formatted(embedding, chainStrength);
    }
}
