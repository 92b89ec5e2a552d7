package org.jaket.stabilizer.clifford;

import org.jaket.circuit.noise.Noise;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Questions about lowered circuits that decide how they are run. */
public final class Features {
    private Features() {}

    /**
     * Whether the course of a shot depends on results in more than Pauli feedback, so that each
     * shot has to be followed on its own.
     */
    public static boolean needsSingleShots(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Branch b -> {
                    return true;
                }
                case Step.WhileLoop w -> {
                    return true;
                }
                case Step.Assign a -> {
                    return true;
                }
                case Step.Loop l -> {
                    if (needsSingleShots(l.body())) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** How many results a step that is no loop and no branch records. */
    public static int results(Step step) {
        return switch (step) {
            case Step.Measure m -> m.qubits().length;
            case Step.MeasureProduct m -> 1;
            case Step.MeasureAbsence m -> m.qubits().length;
            case Step.Pad p -> p.values().length;
            case Step.PauliNoise n -> n.noise().isHeralded() ? n.targets().length : 0;
            default -> 0;
        };
    }

    /** How likely each result of a step is recorded the wrong way round. */
    public static double flip(Step step) {
        return switch (step) {
            case Step.Measure m -> m.flip();
            case Step.MeasureProduct m -> m.flip();
            case Step.MeasureAbsence m -> m.flip();
            case Step.Pad p -> p.flip();
            default -> 0;
        };
    }

    /** The first noise that makes qubits leave or return, or null. */
    public static @Nullable Noise firstMove(List<Step> steps) {
        return firstNoise(steps, Noise::movesQubits);
    }

    /** Whether qubits can be lost, so that the gates of a shot depend on chance. */
    public static boolean losesQubits(List<Step> steps) {
        return firstNoise(steps, Noise::losesQubits) != null;
    }

    private static @Nullable Noise firstNoise(List<Step> steps, Predicate<Noise> wanted) {
        for (Step step : steps) {
            Noise found =
                    switch (step) {
                        case Step.PauliNoise n -> wanted.test(n.noise()) ? n.noise() : null;
                        case Step.Loop l -> firstNoise(l.body(), wanted);
                        case Step.Branch b -> {
                            Noise first = firstNoise(b.then(), wanted);
                            yield first != null ? first : firstNoise(b.otherwise(), wanted);
                        }
                        case Step.WhileLoop w -> firstNoise(w.body(), wanted);
                        default -> null;
                    };
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Refuses circuits whose qubits leave, for what follows qubits that stay.
     *
     * @param what what does so, to start a sentence, in the plural
     * @throws UnsupportedCircuitException naming the noise
     */
    public static void requireQubitsStay(List<Step> steps, String what) {
        Noise noise = firstMove(steps);
        if (noise != null) {
            throw qubitsLeave(noise, what);
        }
    }

    /** The refusal of {@link #requireQubitsStay}. */
    public static UnsupportedCircuitException qubitsLeave(Noise noise, String what) {
        return new UnsupportedCircuitException(
                "%s are for qubits that stay, and %s makes them leave or return. Maybe sample the circuit, or remove its noise?"
                        .formatted(what, noise.stimNames().getFirst()));
    }

    /**
     * Whether the record has no fixed length: while loops record results, or the bodies of a branch
     * record different numbers of them.
     */
    public static boolean recordsUnevenly(List<Step> steps) {
        for (Step step : steps) {
            boolean found =
                    switch (step) {
                        case Step.Branch b ->
                                recordsUnevenly(b.then())
                                        || recordsUnevenly(b.otherwise())
                                        || results(b.then()) != results(b.otherwise());
                        case Step.WhileLoop w -> any(w.body(), s -> results(s) > 0);
                        case Step.Loop l -> recordsUnevenly(l.body());
                        default -> false;
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** How many results steps record, none of which record unevenly. */
    public static long results(List<Step> steps) {
        long sum = 0;
        for (Step step : steps) {
            sum +=
                    switch (step) {
                        case Step.Branch b -> results(b.then());
                        case Step.Loop l -> l.count() * results(l.body());
                        default -> results(step);
                    };
        }
        return sum;
    }

    /** Whether steps that depend on results are, or contain, some of a kind. */
    public static boolean anyInBranches(List<Step> steps, Predicate<Step> kind) {
        for (Step step : steps) {
            boolean found =
                    switch (step) {
                        case Step.Branch b -> any(b.then(), kind) || any(b.otherwise(), kind);
                        case Step.WhileLoop w -> any(w.body(), kind);
                        case Step.Loop l -> anyInBranches(l.body(), kind);
                        default -> false;
                    };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Whether steps are, or contain, some of a kind. */
    public static boolean any(List<Step> steps, Predicate<Step> kind) {
        for (Step step : steps) {
            boolean found =
                    kind.test(step)
                            || switch (step) {
                                case Step.Branch b ->
                                        any(b.then(), kind) || any(b.otherwise(), kind);
                                case Step.WhileLoop w -> any(w.body(), kind);
                                case Step.Loop l -> any(l.body(), kind);
                                default -> false;
                            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /**
     * Which result each classical bit holds at the end: its position in the record, or -1 for bits
     * that nothing is measured to.
     *
     * @param steps steps that do not need single shots
     * @param bits number of classical bits
     */
    public static long[] lastResults(List<Step> steps, int bits) {
        long[] result = new long[bits];
        Arrays.fill(result, -1);
        walk(steps, 0, result);
        return result;
    }

    private static long walk(List<Step> steps, long start, long[] last) {
        long at = start;
        for (Step step : steps) {
            switch (step) {
                case Step.Measure m -> {
                    note(m.bits(), at, last);
                    at += m.qubits().length;
                }
                case Step.Pad p -> {
                    note(p.bits(), at, last);
                    at += p.values().length;
                }
                case Step.MeasureAbsence m -> {
                    note(m.bits(), at, last);
                    at += m.qubits().length;
                }
                case Step.MeasureProduct m -> {
                    if (m.bit() >= 0) {
                        last[m.bit()] = at;
                    }
                    at++;
                }
                case Step.PauliNoise n -> at += n.noise().isHeralded() ? n.targets().length : 0;
                case Step.Loop l -> {
                    // The last turn decides; the first walk only counts its results.
                    long turn = walk(l.body(), 0, last.clone());
                    at = walk(l.body(), at + turn * (l.count() - 1), last);
                }
                default -> {}
            }
        }
        return at;
    }

    private static void note(int[] bits, long at, long[] last) {
        for (int k = 0; k < bits.length; k++) {
            last[bits[k]] = at + k;
        }
    }
}
