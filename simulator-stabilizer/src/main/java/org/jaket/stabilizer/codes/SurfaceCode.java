package org.jaket.stabilizer.codes;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** The surface code, rotated (d² data qubits) and unrotated (d² + (d - 1)²). */
public final class SurfaceCode {
    private SurfaceCode() {}

    /** Keeping logical X of a rotated surface code. */
    public static MemoryExperiment rotatedMemoryX(int distance) {
        return MemoryExperiment.of(MemoryTask.ROTATED_MEMORY_X, distance);
    }

    /** Keeping logical Z of a rotated surface code. */
    public static MemoryExperiment rotatedMemoryZ(int distance) {
        return MemoryExperiment.of(MemoryTask.ROTATED_MEMORY_Z, distance);
    }

    /** Keeping logical X of an unrotated surface code. */
    public static MemoryExperiment unrotatedMemoryX(int distance) {
        return MemoryExperiment.of(MemoryTask.UNROTATED_MEMORY_X, distance);
    }

    /** Keeping logical Z of an unrotated surface code. */
    public static MemoryExperiment unrotatedMemoryZ(int distance) {
        return MemoryExperiment.of(MemoryTask.UNROTATED_MEMORY_Z, distance);
    }

    /** A place on the lattice; sorts by x, then y. */
    private record Place(int x, int y) implements Comparable<Place> {
        Place plus(Place other) {
            return new Place(x + other.x, y + other.y);
        }

        @Override
        public int compareTo(Place other) {
            return x != other.x ? Integer.compare(x, other.x) : Integer.compare(y, other.y);
        }
    }

    /** Where everything is, and in which order the checks touch their data qubits. */
    private record Lattice(
            List<Place> data,
            List<Place> xChecks,
            List<Place> zChecks,
            List<Place> observable,
            List<Place> xOrder,
            List<Place> zOrder,
            ToIntFunction<Place> index) {}

    static Circuit build(MemoryExperiment experiment) {
        boolean memoryX =
                experiment.task() == MemoryTask.ROTATED_MEMORY_X
                        || experiment.task() == MemoryTask.UNROTATED_MEMORY_X;
        boolean rotated =
                experiment.task() == MemoryTask.ROTATED_MEMORY_X
                        || experiment.task() == MemoryTask.ROTATED_MEMORY_Z;
        Lattice lattice =
                rotated
                        ? rotated(experiment.distance(), memoryX)
                        : unrotated(experiment.distance(), memoryX);
        return build(experiment, lattice, memoryX);
    }

    private static Lattice rotated(int d, boolean memoryX) {
        List<Place> data = new ArrayList<>();
        List<Place> observable = new ArrayList<>();
        for (int x = 1; x <= 2 * d; x += 2) {
            for (int y = 1; y <= 2 * d; y += 2) {
                Place place = new Place(x, y);
                data.add(place);
                if (memoryX ? x == 1 : y == 1) {
                    observable.add(place);
                }
            }
        }
        List<Place> xChecks = new ArrayList<>();
        List<Place> zChecks = new ArrayList<>();
        for (int x = 0; x <= d; x++) {
            for (int y = 0; y <= d; y++) {
                boolean isX = (x + y) % 2 != 0;
                if ((x == 0 || x == d) && isX || (y == 0 || y == d) && !isX) {
                    continue;
                }
                (isX ? xChecks : zChecks).add(new Place(2 * x, 2 * y));
            }
        }
        // The orders turn errors in the middle of a check against the direction of the logical
        // operators that they could shorten.
        List<Place> zOrder =
                List.of(new Place(1, 1), new Place(1, -1), new Place(-1, 1), new Place(-1, -1));
        List<Place> xOrder =
                List.of(new Place(1, 1), new Place(-1, 1), new Place(1, -1), new Place(-1, -1));
        return new Lattice(
                data,
                xChecks,
                zChecks,
                observable,
                xOrder,
                zOrder,
                p -> p.x + (p.y - p.x % 2) / 2 * (2 * d + 1));
    }

    private static Lattice unrotated(int d, boolean memoryX) {
        int side = 2 * d - 1;
        List<Place> data = new ArrayList<>();
        List<Place> observable = new ArrayList<>();
        List<Place> xChecks = new ArrayList<>();
        List<Place> zChecks = new ArrayList<>();
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                Place place = new Place(x, y);
                if ((x + y) % 2 != 0) {
                    (x % 2 == 0 ? zChecks : xChecks).add(place);
                    continue;
                }
                data.add(place);
                if (memoryX ? x == 0 : y == 0) {
                    observable.add(place);
                }
            }
        }
        List<Place> order =
                List.of(new Place(1, 0), new Place(0, 1), new Place(0, -1), new Place(-1, 0));
        return new Lattice(data, xChecks, zChecks, observable, order, order, p -> p.x + p.y * side);
    }

    private static Circuit build(MemoryExperiment experiment, Lattice lattice, boolean memoryX) {
        Map<Place, Integer> qubit = new TreeMap<>();
        Map<Integer, Place> place = new TreeMap<>();
        List<Place> checks = new ArrayList<>(lattice.xChecks);
        checks.addAll(lattice.zChecks);
        for (List<Place> group : List.of(lattice.data, checks)) {
            for (Place p : group) {
                int q = lattice.index.applyAsInt(p);
                qubit.put(p, q);
                place.put(q, p);
            }
        }
        int[] data = sorted(lattice.data, qubit);
        int[] measured = sorted(checks, qubit);
        int[] xMeasured = sorted(lattice.xChecks, qubit);
        List<Place> chosen = memoryX ? lattice.xChecks : lattice.zChecks;
        Pauli basis = memoryX ? Pauli.X : Pauli.Z;

        CycleWriter cycle = new CycleWriter(experiment);
        cycle.beginRound(data);
        cycle.gate1(StandardGate.H, xMeasured);
        for (int k = 0; k < 4; k++) {
            cycle.tick();
            cycle.cx(layer(lattice, qubit, k));
        }
        cycle.tick();
        cycle.gate1(StandardGate.H, xMeasured);
        cycle.tick();
        cycle.measureReset(measured);
        Block round = cycle.build();

        CycleWriter body = new CycleWriter(experiment);
        body.append(round);
        body.shift(0, 0, 1);
        int m = measured.length;
        for (int k = 0; k < m; k++) {
            body.detector(at(Objects.requireNonNull(place.get(measured[k])), 0), m - k, 2 * m - k);
        }

        CycleWriter out = new CycleWriter(experiment);
        place.forEach((q, p) -> out.coordinates(q, p.x, p.y));
        out.reset(basis, data);
        out.reset(Pauli.Z, measured);
        out.append(round);
        for (Place check : chosen) {
            out.detector(at(check, 0), back(measured, at(qubit, check)));
        }
        out.repeat(experiment.rounds() - 1, body.build());
        out.measure(basis, data);
        for (Place check : chosen) {
            int[] lookbacks = new int[5];
            int count = 0;
            for (Place delta : lattice.zOrder) {
                int q = at(qubit, check.plus(delta));
                if (q >= 0) {
                    lookbacks[count++] = back(data, q);
                }
            }
            lookbacks[count++] = data.length + back(measured, at(qubit, check));
            lookbacks = Arrays.copyOf(lookbacks, count);
            Arrays.sort(lookbacks);
            out.detector(at(check, 1), lookbacks);
        }
        out.observable(
                lattice.observable.stream()
                        .mapToInt(p -> back(data, at(qubit, p)))
                        .sorted()
                        .toArray());
        return Circuit.of(out.build());
    }

    private static int[] sorted(List<Place> places, Map<Place, Integer> qubit) {
        return places.stream().mapToInt(p -> at(qubit, p)).sorted().toArray();
    }

    /** How far back the result of a qubit is, when these qubits were just measured in order. */
    private static int back(int[] measured, int qubit) {
        return measured.length - Arrays.binarySearch(measured, qubit);
    }

    /** The qubit at a place, or -1. */
    private static int at(Map<Place, Integer> qubit, Place place) {
        return qubit.getOrDefault(place, -1);
    }

    private static double[] at(Place place, int time) {
        return new double[] {place.x, place.y, time};
    }

    /** Control and target qubits of the checks' step {@code k}. */
    private static int[] layer(Lattice lattice, Map<Place, Integer> qubit, int k) {
        int[] targets = new int[2 * (lattice.xChecks.size() + lattice.zChecks.size())];
        int count = 0;
        for (Place check : lattice.xChecks) {
            int q = at(qubit, check.plus(lattice.xOrder.get(k)));
            if (q >= 0) {
                targets[count++] = at(qubit, check);
                targets[count++] = q;
            }
        }
        for (Place check : lattice.zChecks) {
            int q = at(qubit, check.plus(lattice.zOrder.get(k)));
            if (q >= 0) {
                targets[count++] = q;
                targets[count++] = at(qubit, check);
            }
        }
        return Arrays.copyOf(targets, count);
    }
}
