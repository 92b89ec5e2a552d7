package org.jaket.stabilizer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.pass.RecordRegister;
import org.jaket.circuit.qasm.OpenQasm;
import org.jaket.stabilizer.TableauSimulator;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Stim's circuits as OpenQASM: the flows of what is read back are those of the original. */
class RecordRegisterTest {
    private static Circuit withoutFeedback(long seed) {
        StringBuilder text = new StringBuilder();
        FlowsTest.random(new SplittableRandom(seed), 3, 10)
                .toStim()
                .lines()
                .filter(line -> !line.contains("rec[") && !line.startsWith("MPAD"))
                .forEach(line -> text.append(line).append('\n'));
        return Circuit.stim(text.toString());
    }

    @Property(seed = "1", tries = 80)
    void openQasm3HasTheSameFlows(@ForAll long seed) {
        Circuit circuit = withoutFeedback(seed);
        String text = OpenQasm.print3(RecordRegister.of(circuit));
        assertThat(Flows.generators(Circuit.qasm(text))).isEqualTo(Flows.generators(circuit));
    }

    @Property(seed = "2", tries = 80)
    void openQasm2HasTheSameFlows(@ForAll long seed) {
        Circuit circuit = withoutFeedback(seed);
        String text = OpenQasm.print2(RecordRegister.of(circuit));
        assertThat(text).startsWith("OPENQASM 2.0");
        assertThat(Flows.generators(Circuit.qasm(text))).isEqualTo(Flows.generators(circuit));
    }

    @Test
    void feedbackBecomesConditionals() {
        Circuit circuit =
                Circuit.stim(
                        "X 0\nM 0 1\nTICK\nCX rec[-2] 2\nCZ 3 rec[-1]\nMPAD 1\nM 2 !2\nDETECTOR rec[-1]");
        String text = OpenQasm.print3(RecordRegister.of(circuit));
        assertThat(text).contains("if (rec[0])").contains("barrier");
        var state = new TableauSimulator(1);
        state.run(Circuit.qasm(text));
        assertThat(state.record()).containsExactly(true, false, true, false);
    }

    @Test
    void noiseIsRefused() {
        assertThatThrownBy(() -> RecordRegister.of(Circuit.stim("M(0.1) 0")))
                .hasMessage("M(0.1) 0: is noisy. Maybe remove the noise first");
        assertThatThrownBy(() -> RecordRegister.of(Circuit.stim("DEPOLARIZE1(0.1) 0")))
                .hasMessageContaining("remove the noise first");
        assertThatThrownBy(() -> RecordRegister.of(Circuit.stim("CX sweep[0] 0")))
                .hasMessageContaining("sweep bits");
    }
}
