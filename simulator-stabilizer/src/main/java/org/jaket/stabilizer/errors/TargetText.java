package org.jaket.stabilizer.errors;

import org.jaket.stabilizer.sensitivity.Ids;

/** Targets in messages. */
final class TargetText {
    private static final int MAX_TARGETS = 20;

    private TargetText() {}

    /** Text such as {@code D3 D5 L0}; long lists are cut. */
    static String of(int[] targets, int count, int[] observables, long base) {
        var text = new StringBuilder();
        for (int k = 0; k < count; k++) {
            if (k == MAX_TARGETS) {
                text.append(" ... (").append(count).append(" targets)");
                break;
            }
            text.append(k == 0 ? "" : " ").append(of(targets[k], observables, base));
        }
        return text.toString();
    }

    static String of(int target, int[] observables, long base) {
        return Ids.isDetector(target)
                ? "D" + (base + target)
                : target == Ids.SEPARATOR ? "^" : "L" + observables[target - Ids.OBSERVABLES];
    }
}
