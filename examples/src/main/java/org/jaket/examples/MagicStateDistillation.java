package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.NearCliffordSimulator;

/** Fifteen noisy T gates make one that is wrong with probability 35 p^3, exactly. */
public final class MagicStateDistillation {
    private MagicStateDistillation() {}

    /** Runs the example. */
    public static void main(String[] args) {
        StringBuilder text = new StringBuilder("RX 0 1 2 3 4\n");
        for (int check = 1; check < 16; check++) {
            String product = "Z4";
            for (int q = 0; q < 4; q++) {
                product += (check >> q & 1) == 1 ? "*Z" + q : "";
            }
            text.append("TPP %s\nE(0.01) %s\n".formatted(product, product.replace('*', ' ')));
        }
        Circuit distillation = Circuit.stim(text + "T 4\nMX 0 1 2 3 4");

        var outcomes = new NearCliffordSimulator().probabilities(distillation);
        double good = outcomes.get("00000");
        double bad = outcomes.get("00001");
        IO.println("accepted %.4f, then wrong %.3e".formatted(good + bad, bad / (good + bad)));
    }
}
