package org.jaket.circuit.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.StandardGate;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Links as Stim's documentation shows them. */
class LinksTest {
    private static final Circuit THREE = Circuit.stim("H 0\nCNOT 0 1\nS 1");

    /** From the documentation of stim.Circuit.to_crumble_url. */
    @Test
    void documentedCrumbleLink() {
        assertThat(CrumbleLink.of(THREE, true))
                .isEqualTo("https://algassert.com/crumble#circuit=H_0;CX_0_1;S_1_");
    }

    @Test
    void crumbleLinksHaveEverything() {
        Circuit circuit =
                Circuit.stim(
                        "QUBIT_COORDS(1, 2.5) 0\nM(0.25) 0 !1\nDETECTOR[a b](1) rec[-1] rec[-2]\nREPEAT 3 {\nMPP X0*!Y1 Z0\nTICK\n}\nOBSERVABLE_INCLUDE(0) rec[-1]");
        assertThat(CrumbleLink.of(circuit, true))
                .isEqualTo(
                        "https://algassert.com/crumble#circuit=Q(1,2.5)0;M(0.25)0_!1;DT(1)rec[-1]_rec[-2];REPEAT_3_{;MPP_X0*!Y1_Z0;TICK;};OI(0)rec[-1]_");
        assertThat(CrumbleLink.of(circuit, false)).doesNotContain("DT").contains("OI(0)");
    }

    /** From the documentation of stim.Circuit.to_quirk_url. */
    @Test
    void documentedQuirkLink() {
        assertThat(QuirkLink.of(THREE))
                .isEqualTo(
                        "https://algassert.com/quirk#circuit={\"cols\":[[\"H\"],[\"•\",\"X\"],[1,\"Z^½\"]]}");
    }

    @Test
    void quirkLinksDefineGatesAndParities() {
        assertThat(QuirkLink.of(Circuit.stim("C_XYZ 0\nRY 1\nMPP X0*Z1\nSPP_DAG Y0")))
                .isEqualTo(
                        "https://algassert.com/quirk#circuit={\"cols\":[[1,\"YDetectControlReset\"],[\"~Cxyz\",\"~Hyz\"],[\"xpar\",\"zpar\",\"X\"],[1,1,\"ZDetectControlReset\"],[\"ypar\",1,\"-i\"]],\"gates\":[{\"id\":\"~Hyz\",\"name\":\"Hyz\",\"matrix\":\"{{√½,-√½i},{√½i,-√½}}\"},{\"id\":\"~Cxyz\",\"name\":\"Cxyz\",\"matrix\":\"{{½-½i,-½-½i},{½-½i,½+½i}}\"}]}");
    }

    @Test
    void everyGateOfStimHasALink() {
        for (StandardGate gate : StandardGate.values()) {
            if (!gate.stimNames().isEmpty()) {
                String name = gate.stimNames().getFirst();
                String text = name + (gate.qubits() == 1 ? " 0" : " 0 1");
                assertThat(QuirkLink.of(Circuit.stim(text))).startsWith("https://");
                assertThat(CrumbleLink.of(Circuit.stim(text), true)).contains(name + "_0");
            }
        }
    }

    @Test
    void whatCannotBeShownIsRefused() {
        assertThatThrownBy(() -> QuirkLink.of(Circuit.of(1, c -> c.t(0))))
                .hasMessageContaining("only gates of Stim's language");
        assertThatThrownBy(() -> QuirkLink.of(Circuit.stim("REPEAT 1000000000000 {\nTICK\n}")))
                .hasMessageContaining("too long to be a link");
    }

    @Test
    void marksLeadSomewhere() {
        var inLoop =
                new CrumbleMark(
                        0,
                        List.of(new CrumbleMark.Place(1, 0), new CrumbleMark.Place(0, 5)),
                        Targets.of(Target.pauli(Pauli.X, 0)));
        Circuit circuit = Circuit.stim("H 0\nREPEAT 5 {\nS 0\n}");
        assertThatThrownBy(() -> CrumbleLink.of(circuit, true, List.of(inLoop)))
                .hasMessageContaining("loop of 5");
        assertThatThrownBy(
                        () ->
                                CrumbleLink.of(
                                        THREE,
                                        true,
                                        List.of(
                                                new CrumbleMark(
                                                        0,
                                                        List.of(new CrumbleMark.Place(3, 0)),
                                                        Targets.none()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CrumbleLink.of(Circuit.stim("LOSS_ERROR(0.1) 0"), true))
                .hasMessageContaining("LOSS_ERROR");
    }
}
