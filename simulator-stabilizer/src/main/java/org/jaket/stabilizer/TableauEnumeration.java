package org.jaket.stabilizer;

import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Goes through Clifford operations as lists of images of X0, Z0, X1 and so on: each image is any
 * string, other than I, that commutes with those before it (a Z: with all but the last).
 */
final class TableauEnumeration {
    private TableauEnumeration() {}

    static Stream<List<PauliString>> of(int qubits, boolean signed) {
        Stream<List<PauliString>> partial = Stream.of(List.of());
        for (int g = 0; g < 2 * qubits; g++) {
            partial = partial.flatMap(images -> longer(qubits, signed, images));
        }
        return partial;
    }

    private static Stream<List<PauliString>> longer(
            int qubits, boolean signed, List<PauliString> images) {
        return PauliString.all(qubits, 1, qubits)
                .filter(p -> fits(p, images))
                .flatMap(p -> signed ? Stream.of(p, p.negate()) : Stream.of(p))
                .map(
                        p -> {
                            List<PauliString> more = new ArrayList<>(images);
                            more.add(p);
                            return more;
                        });
    }

    private static boolean fits(PauliString p, List<PauliString> images) {
        int g = images.size();
        // What commutes with whole pairs lies outside their span, so images are independent.
        return IntStream.range(0, g)
                .allMatch(b -> p.commutesWith(images.get(b)) == !((g & 1) == 1 && b == g - 1));
    }
}
