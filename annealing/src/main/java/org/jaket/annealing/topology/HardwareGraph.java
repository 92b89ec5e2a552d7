package org.jaket.annealing.topology;

import org.jaket.annealing.file.ModelFileException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The qubits and couplers that a processor has. Qubits keep the numbers that the processor gives
 * them; some numbers may be missing, and some couplers between qubits that are there.
 *
 * <pre>{@code
 * HardwareGraph perfect = new Pegasus(16).graph();
 * HardwareGraph real = HardwareGraph.read(Path.of("solver.json")); // as it reports itself
 * }</pre>
 *
 * <p>Immutable. Couplers are stored in both directions, some 8 bytes each; neighbours of a qubit
 * stand in ascending order.
 */
public final class HardwareGraph {
    private final @Nullable Topology topology;
    private final BitSet present;
    private final int qubits;
    private final int[] start;
    private final int[] neighbour;

    private HardwareGraph(
            @Nullable Topology topology, BitSet present, int[] start, int[] neighbour) {
        this.topology = topology;
        this.present = present;
        this.qubits = present.cardinality();
        this.start = start;
        this.neighbour = neighbour;
    }

    /** Every qubit and coupler of a topology. */
    static HardwareGraph complete(Topology topology) {
        BitSet present = new BitSet();
        IntStream.range(0, topology.indices()).filter(topology::has).forEach(present::set);
        Pairs pairs = new Pairs();
        topology.forEachCoupler(pairs::add);
        return rows(topology, topology.indices(), present, pairs);
    }

    /**
     * A graph of no known topology.
     *
     * @param qubits the numbers of the qubits
     * @param couplers pairs of them, in either order; repeated ones count once
     * @throws IllegalArgumentException if a number is negative, or a coupler has not two different
     *     ends that are among the qubits
     */
    public static HardwareGraph of(int[] qubits, Collection<int[]> couplers) {
        BitSet present = new BitSet();
        for (int qubit : qubits) {
            if (qubit < 0) {
                throw new IllegalArgumentException("a qubit cannot have the number " + qubit);
            }
            present.set(qubit);
        }
        return rows(null, present.length(), present, pairs(present, couplers));
    }

    /**
     * A processor of a known topology, as it reports itself: with qubits and couplers missing.
     *
     * @param qubits the numbers of the qubits that work
     * @param couplers pairs of them, in either order; repeated ones count once
     * @throws IllegalArgumentException if a qubit or a coupler is not one of the topology, or a
     *     coupler has an end that is not among the qubits
     */
    public static HardwareGraph of(Topology topology, int[] qubits, Collection<int[]> couplers) {
        BitSet present = new BitSet();
        for (int qubit : qubits) {
            topology.check(qubit);
            present.set(qubit);
        }
        HardwareGraph made = rows(topology, topology.indices(), present, pairs(present, couplers));
        HardwareGraph complete = complete(topology);
        for (int a = 0; a < made.indices(); a++) {
            for (int k = 0; k < made.degree(a); k++) {
                if (!complete.coupled(a, made.neighbour(a, k))) {
                    throw new IllegalArgumentException(
                            "%s has no coupler of qubits %d and %d"
                                    .formatted(topology, a, made.neighbour(a, k)));
                }
            }
        }
        return made;
    }

    /**
     * The processor that a file describes: the JSON of a solver as D-Wave's SAPI has it, alone or
     * in a list (of its properties {@code qubits}, {@code couplers} and {@code topology} count), or
     * a list of couplers, a line {@code a b} for each, and {@code a} alone for a qubit without any;
     * {@code #} begins a comment. Its content tells which.
     *
     * @throws ModelFileException if it is neither, with the place
     */
    public static HardwareGraph read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Path name = file.getFileName();
            return read(in, name == null ? file.toString() : name.toString());
        }
    }

    /**
     * The processor that a stream describes; see {@link #read(Path)}. The stream is not closed.
     *
     * @param source what errors call it
     * @throws ModelFileException if it is not what it should be, with the place
     */
    public static HardwareGraph read(InputStream in, String source) throws IOException {
        return ProcessorFile.read(in, source);
    }

    private static Pairs pairs(BitSet present, Collection<int[]> couplers) {
        Pairs pairs = new Pairs();
        for (int[] coupler : couplers) {
            if (coupler.length != 2 || coupler[0] == coupler[1]) {
                throw new IllegalArgumentException(
                        "a coupler has two different qubits, not " + Arrays.toString(coupler));
            }
            for (int qubit : coupler) {
                if (qubit < 0 || !present.get(qubit)) {
                    throw new IllegalArgumentException(
                            "coupler %s: qubit %d is not among the qubits"
                                    .formatted(Arrays.toString(coupler), qubit));
                }
            }
            pairs.add(coupler[0], coupler[1]);
        }
        return pairs;
    }

    /** Pairs of qubits, each packed into a long, in both directions. */
    private static final class Pairs {
        private long[] packed = new long[64];
        private int count;

        void add(int a, int b) {
            if (count + 2 > packed.length) {
                packed = Arrays.copyOf(packed, packed.length * 2);
            }
            packed[count++] = (long) a << 32 | b;
            packed[count++] = (long) b << 32 | a;
        }
    }

    private static HardwareGraph rows(
            @Nullable Topology topology, int indices, BitSet present, Pairs pairs) {
        long[] sorted = Arrays.copyOf(pairs.packed, pairs.count);
        Arrays.sort(sorted);
        int[] start = new int[indices + 1];
        int[] neighbour = new int[sorted.length];
        int to = 0;
        for (int at = 0; at < sorted.length; at++) {
            if (at == 0 || sorted[at] != sorted[at - 1]) {
                neighbour[to++] = (int) sorted[at];
                start[(int) (sorted[at] >>> 32) + 1]++;
            }
        }
        for (int q = 0; q < indices; q++) {
            start[q + 1] += start[q];
        }
        return new HardwareGraph(topology, present, start, Arrays.copyOf(neighbour, to));
    }

    /**
     * The same graph without some qubits and their couplers. Numbers that belong to no qubit are
     * passed over.
     */
    public HardwareGraph without(int... missing) {
        BitSet left = (BitSet) present.clone();
        for (int qubit : missing) {
            if (qubit >= 0) {
                left.clear(qubit);
            }
        }
        Pairs pairs = new Pairs();
        forEachCoupler(
                (a, b) -> {
                    if (left.get(a) && left.get(b)) {
                        pairs.add(a, b);
                    }
                });
        return rows(topology, indices(), left, pairs);
    }

    /** The same graph without a coupler. */
    public HardwareGraph withoutCoupler(int a, int b) {
        Pairs pairs = new Pairs();
        forEachCoupler(
                (x, y) -> {
                    if (x != Math.min(a, b) || y != Math.max(a, b)) {
                        pairs.add(x, y);
                    }
                });
        return rows(topology, indices(), present, pairs);
    }

    /** The topology by which the qubits are numbered, if it is known. */
    public Optional<Topology> topology() {
        return Optional.ofNullable(topology);
    }

    /** Numbers of qubits are below this one. */
    public int indices() {
        return start.length - 1;
    }

    /** How many qubits there are. */
    public int qubits() {
        return qubits;
    }

    /** The numbers of the qubits, ascending. */
    public IntStream qubitNumbers() {
        return present.stream();
    }

    /** How many couplers there are. */
    public int couplers() {
        return neighbour.length / 2;
    }

    /** Whether a qubit is there; false for numbers that cannot be. */
    public boolean has(int qubit) {
        return qubit >= 0 && present.get(qubit);
    }

    /** Whether two qubits are coupled; false for numbers that cannot be. */
    public boolean coupled(int a, int b) {
        return has(a) && Arrays.binarySearch(neighbour, start[a], start[a + 1], b) >= 0;
    }

    /** To how many others a qubit is coupled, 0 for one that is missing. */
    public int degree(int qubit) {
        return start[qubit + 1] - start[qubit];
    }

    /**
     * A neighbour of a qubit.
     *
     * @param k which one, below {@link #degree}; they ascend
     */
    public int neighbour(int qubit, int k) {
        return neighbour[start[qubit] + k];
    }

    /** Tells every coupler once, by rising a, then b. */
    public void forEachCoupler(Topology.Couplers consumer) {
        for (int a = 0; a < indices(); a++) {
            for (int at = start[a]; at < start[a + 1]; at++) {
                if (neighbour[at] > a) {
                    consumer.accept(a, neighbour[at]);
                }
            }
        }
    }

    /**
     * What tells this graph from all others: the SHA-256 digest of its qubits and couplers, in
     * hexadecimal digits. The topology is not part of it.
     */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int q = 0; q < indices(); q++) {
                if (!present.get(q)) {
                    continue;
                }
                ByteBuffer row = ByteBuffer.allocate(4 * (degree(q) + 2)).putInt(q);
                row.putInt(degree(q));
                for (int at = start[q]; at < start[q + 1]; at++) {
                    row.putInt(neighbour[at]);
                }
                digest.update(row.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareGraph g
                && present.equals(g.present)
                && Arrays.equals(start, g.start)
                && Arrays.equals(neighbour, g.neighbour);
    }

    @Override
    public int hashCode() {
        return 31 * present.hashCode() + Arrays.hashCode(neighbour);
    }

    @Override
    public String toString() {
        return "%s%d qubits, %d couplers"
                .formatted(topology == null ? "" : topology + ": ", qubits, couplers());
    }
}
