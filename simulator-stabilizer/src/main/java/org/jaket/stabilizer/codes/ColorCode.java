package org.jaket.stabilizer.codes;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The triangular colour code on hexagons, with one measurement qubit per hexagon. */
public final class ColorCode {
    /** Neighbours of a hexagon's centre, in doubled x. */
    private static final int[][] STEPS = {{2, 0}, {1, 1}, {1, -1}, {-2, 0}, {-1, 1}, {-1, -1}};

    private ColorCode() {}

    /** Keeping a logical qubit while X, Y and Z stabilizers are measured in turn. */
    public static MemoryExperiment memoryXyz(int distance) {
        return MemoryExperiment.of(MemoryTask.COLOR_MEMORY_XYZ, distance);
    }

    /** A place; x is doubled to be whole. */
    private record Place(int x2, int y) {}

    static Circuit build(MemoryExperiment experiment) {
        int d = experiment.distance();
        int side = d + (d - 1) / 2;
        List<Place> places = new ArrayList<>();
        Map<Place, Integer> qubit = new HashMap<>();
        List<Integer> dataList = new ArrayList<>();
        List<Integer> measuredList = new ArrayList<>();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side - y; x++) {
                Place place = new Place(2 * x + y, y);
                int q = places.size();
                qubit.put(place, q);
                places.add(place);
                ((x + 2 * y) % 3 == 2 ? measuredList : dataList).add(q);
            }
        }
        int[] data = dataList.stream().mapToInt(q -> q).toArray();
        int[] measured = measuredList.stream().mapToInt(q -> q).toArray();
        int[] all = java.util.stream.IntStream.range(0, places.size()).toArray();

        CycleWriter cycle = new CycleWriter(experiment);
        cycle.beginRound(data);
        cycle.gate1(StandardGate.C_XYZ, data);
        for (int[] step : STEPS) {
            cycle.tick();
            cycle.cx(layer(step, measured, places, qubit));
        }
        cycle.tick();
        cycle.measureReset(measured);
        Block round = cycle.build();

        int m = measured.length;
        CycleWriter body = new CycleWriter(experiment);
        body.append(round);
        body.shift(0, 0, 1);
        for (int k = 0; k < m; k++) {
            body.detector(at(places.get(measured[k]), 0), m - k, 2 * m - k, 3 * m - k);
        }

        CycleWriter out = new CycleWriter(experiment);
        for (int q : all) {
            out.coordinates(q, places.get(q).x2 / 2.0, places.get(q).y);
        }
        out.reset(Pauli.Z, all);
        out.repeat(2, round);
        for (int k = 0; k < m; k++) {
            out.detector(at(places.get(measured[k]), 0), m - k, 2 * m - k);
        }
        out.repeat(experiment.rounds() - 2, body.build());
        int phase = (int) (experiment.rounds() % 3);
        out.measure(phase == 0 ? Pauli.Z : phase == 1 ? Pauli.X : Pauli.Y, data);
        for (int k = 0; k < m; k++) {
            Place centre = places.get(measured[k]);
            int[] lookbacks = new int[8];
            int count = 0;
            for (int[] step : STEPS) {
                int q = qubit.getOrDefault(new Place(centre.x2 + step[0], centre.y + step[1]), -1);
                if (q >= 0) {
                    lookbacks[count++] = back(data, q);
                }
            }
            // Which of the last rounds together equal the data measurement depends on which two
            // of X, Y, Z they measured.
            int latest = data.length + m - k;
            if (phase != 1) {
                lookbacks[count++] = latest;
            }
            if (phase != 0) {
                lookbacks[count++] = latest + m;
            }
            lookbacks = Arrays.copyOf(lookbacks, count);
            Arrays.sort(lookbacks);
            out.detector(at(centre, 1), lookbacks);
        }
        out.observable(
                Arrays.stream(data)
                        .filter(q -> places.get(q).y == 0)
                        .map(q -> back(data, q))
                        .sorted()
                        .toArray());
        return Circuit.of(out.build());
    }

    private static int back(int[] measured, int qubit) {
        return measured.length - Arrays.binarySearch(measured, qubit);
    }

    private static double[] at(Place place, int time) {
        return new double[] {place.x2 / 2.0, place.y, time};
    }

    /** Data and measurement qubit of each hexagon's neighbour in one direction. */
    private static int[] layer(
            int[] step, int[] measured, List<Place> places, Map<Place, Integer> qubit) {
        // Hexagons in order of x, then y, the order in which Stim lists them.
        List<Place> centres =
                Arrays.stream(measured)
                        .mapToObj(places::get)
                        .sorted(
                                java.util.Comparator.comparingInt(Place::x2)
                                        .thenComparingInt(Place::y))
                        .toList();
        int[] targets = new int[2 * measured.length];
        int count = 0;
        for (Place centre : centres) {
            int q = qubit.getOrDefault(new Place(centre.x2 + step[0], centre.y + step[1]), -1);
            if (q >= 0) {
                targets[count++] = q;
                targets[count++] = qubit.getOrDefault(centre, -1);
            }
        }
        return Arrays.copyOf(targets, count);
    }
}
