package org.jaket.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * A signed product of Pauli letters on distinct qubits, as MPP measures and SPP phases.
 *
 * @param letters Pauli targets on distinct qubits, without combiners; none when the product is the
 *     identity
 * @param negative whether the sign is minus (inverted letters, or letters that multiply to -1)
 */
public record PauliProduct(Targets letters, boolean negative) {
    /**
     * The products that a target list such as {@code X1*!Y2 Z3} describes.
     *
     * @param name the operation's name, for messages
     * @throws CircuitException if a target is not a Pauli letter, a combiner stands at an edge or
     *     beside another, or a product is anti-Hermitian (such as X0*Z0)
     */
    public static List<PauliProduct> split(String name, Targets targets) {
        var products = new ArrayList<PauliProduct>();
        int k = 0;
        while (k < targets.size()) {
            int end = k + 1;
            while (end < targets.size() && Target.isCombiner(targets.get(end))) {
                end += 2;
            }
            if (end > targets.size()) {
                throw new CircuitException(
                        name + " " + Operation.abbreviated(targets.toString()) + ": dangling *");
            }
            products.add(product(name, targets.slice(k, end)));
            k = end;
        }
        return products;
    }

    private static PauliProduct product(String name, Targets joined) {
        int[] letters = new int[(joined.size() + 1) / 2];
        int count = 0;
        boolean negative = false;
        int quarterTurns = 0;
        for (int k = 0; k < joined.size(); k += 2) {
            int target = joined.get(k);
            if (!Target.isPauli(target) || !Target.touchesQubit(target)) {
                throw new CircuitException(
                        name
                                + " "
                                + Operation.abbreviated(joined.toString())
                                + ": takes Pauli letters such as X1*Z2, not "
                                + Target.toString(target));
            }
            negative ^= Target.isInverted(target);
            int plain = Target.isInverted(target) ? Target.inverted(target) : target;
            int at = 0;
            while (at < count && Target.value(letters[at]) != Target.value(plain)) {
                at++;
            }
            if (at == count) {
                letters[count++] = plain;
                continue;
            }
            Pauli left = Target.pauli(letters[at]);
            Pauli right = Target.pauli(plain);
            if (left == right) {
                letters[at] = letters[--count];
                continue;
            }
            // XY = iZ and cyclic; the other order gives -i.
            quarterTurns += (right.ordinal() - left.ordinal() + 3) % 3 == 1 ? 1 : 3;
            letters[at] =
                    Target.pauli(
                            Pauli.of(left.hasX() ^ right.hasX(), left.hasZ() ^ right.hasZ()),
                            Target.value(plain));
        }
        if ((quarterTurns & 1) == 1) {
            throw new CircuitException(
                    name
                            + " "
                            + Operation.abbreviated(joined.toString())
                            + ": the product is anti-Hermitian, so it has no real eigenvalues");
        }
        return new PauliProduct(Targets.copyOf(letters, count), negative ^ (quarterTurns & 2) != 0);
    }
}
