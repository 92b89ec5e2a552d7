package org.jaket.stabilizer.loss;

import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws when a shot loses its first qubit. The chances of a circuit to lose one are numbered in the
 * order in which they come, loops unfolded, and each is taken or not by itself.
 *
 * <p>A chance of probability p has the hazard {@code -ln(1 - p)}: the first one taken is where the
 * running sum of hazards passes an exponential number (the inversion of a survival function; L.
 * Devroye, "Non-uniform random variate generation", 1986, VI.2). Loops stay folded, so a draw costs
 * one logarithm and a walk over the places where qubits can be lost.
 */
final class FirstLoss {
    /** The number that stands for no loss. */
    static final long NONE = -1;

    /**
     * Chances in a row.
     *
     * @param count of turns of a loop, or of targets
     * @param body what a turn consists of; nothing for targets
     * @param hazard of one turn or target
     * @param chances in one turn or target
     */
    private record Part(long count, List<Part> body, double hazard, long chances) {
        double total() {
            return count * hazard;
        }
    }

    private final List<Part> parts;
    private final double total;

    private FirstLoss(List<Part> parts) {
        this.parts = parts;
        this.total = hazard(parts);
    }

    /** The law of a circuit's first loss. */
    static FirstLoss of(List<Step> steps) {
        return new FirstLoss(parts(steps));
    }

    private static List<Part> parts(List<Step> steps) {
        List<Part> parts = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.PauliNoise n when n.noise().losesQubits() -> {
                    double hazard = -StrictMath.log1p(-n.arguments()[0]);
                    parts.add(new Part(n.targets().length, List.of(), hazard, 1));
                }
                case Step.Loop l -> {
                    List<Part> body = parts(l.body());
                    if (!body.isEmpty()) {
                        long chances = body.stream().mapToLong(b -> b.count() * b.chances()).sum();
                        parts.add(new Part(l.count(), body, hazard(body), chances));
                    }
                }
                default -> {}
            }
        }
        return parts;
    }

    private static double hazard(List<Part> parts) {
        return parts.stream().filter(p -> p.hazard() > 0).mapToDouble(Part::total).sum();
    }

    /** The probability that a shot loses a qubit. */
    double probability() {
        return -StrictMath.expm1(-total);
    }

    /** The number of the first chance that is taken, or {@link #NONE}. */
    long draw(BitSource source) {
        double sum = -StrictMath.log(source.nextPositiveDouble());
        return sum < total ? find(parts, sum) : NONE;
    }

    /**
     * Where the sum of hazards first passes a value; the last possible place if rounding hides it.
     */
    private static long find(List<Part> parts, double value) {
        double left = value;
        long before = 0;
        long place = NONE;
        for (Part part : parts) {
            if (part.hazard() > 0) {
                // A sure loss has an infinite hazard: it is in the first turn.
                double turns = left / part.hazard();
                boolean here = turns < part.count();
                long turn = here ? (long) turns : part.count() - 1;
                double inTurn = here && turn > 0 ? left - turn * part.hazard() : here ? left : 0;
                long within = part.body().isEmpty() ? 0 : find(part.body(), Math.max(0, inTurn));
                place = before + turn * part.chances() + within;
                if (here) {
                    return place;
                }
                left -= part.total();
            }
            before += part.count() * part.chances();
        }
        return place;
    }
}
