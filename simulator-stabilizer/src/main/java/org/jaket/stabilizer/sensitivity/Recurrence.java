package org.jaket.stabilizer.sensitivity;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Notices when a walk through a loop comes to where it was some turns ago, all detectors and
 * results moved.
 *
 * <p>The first turns are all remembered, later ones more and more sparsely, so that memory is
 * bounded and every period is found in the end; the earlier state is compared with one turn after
 * the other as in R. P. Brent, "An improved Monte Carlo factorization algorithm" (1980).
 */
public final class Recurrence {
    /** How many turns are remembered at a time. */
    private static final int REMEMBERED = 40;

    /**
     * A stretch of a loop after which everything is as before.
     *
     * @param turns how many turns it has
     * @param detectors how many detectors
     * @param results how many results
     */
    public record Period(long turns, long detectors, long results) {}

    private record Point(long turn, int hash, Sensitivities state) {}

    private final List<Point> points = new ArrayList<>();
    private long turn;

    /** Only turns whose number is a multiple are remembered. */
    private long stride = 1;

    /** Starts behind the last turn of a loop. */
    public Recurrence(Sensitivities state) {
        points.add(new Point(0, state.relativeHash(), new Sensitivities(state)));
    }

    /** Takes the state after one more turn; if it was the same before, since when. */
    public @Nullable Period after(Sensitivities state) {
        turn++;
        int hash = state.relativeHash();
        for (int k = points.size() - 1; k >= 0; k--) {
            Point point = points.get(k);
            if (point.hash == hash && state.isShifted(point.state)) {
                return new Period(
                        turn - point.turn,
                        point.state.detectors() - state.detectors(),
                        point.state.results() - state.results());
            }
        }
        if (points.size() == REMEMBERED && turn % stride == 0) {
            stride *= 2;
            points.removeIf(point -> point.turn % stride != 0);
        }
        if (turn % stride == 0) {
            points.add(new Point(turn, hash, new Sensitivities(state)));
        }
        return null;
    }
}
