package org.jaket.circuit.stim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorErrorModelTest {
    @Test
    void everyInstructionKeepsItsText() {
        String text =
                """
                error(0.125) D0 D1 ^ D2 L0
                error[why](1e-05) D3
                detector(1, 2.5) D0
                detector D7
                logical_observable L3
                repeat 1000 {
                    error(0.25) D0 D5
                    shift_detectors(0, 0, 1) 2
                }
                shift_detectors 5
                error(0.5)
                """;
        DetectorErrorModel model = DetectorErrorModel.parse(text);
        assertThat(model.toString()).isEqualTo(text);
        assertThat(model.errors()).isEqualTo(1003);
        assertThat(model.observables()).isEqualTo(4);
        // The last repetition starts 999 * 2 detectors in and reaches D5.
        assertThat(model.detectors()).isEqualTo(999 * 2 + 6);
        assertThat(model.detectorShift()).isEqualTo(2005);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error D0", "error(2) D0", "error(0.1) ^ D0", "error(0.1) D0 ^",
                        "error(0.1) D0 ^ ^ D1", "detector L0", "detector D0 D1",
                "logical_observable D0", "shift_detectors", "shift_detectors 1 2", "repeat 5",
                        "repeat {", "repeat 5 {\nerror(0.1) D0", "}",
                "error(0.1) X0", "frob D0", "error(0.1) D0 {", "error(0.1) D99999999999999999999"
            })
    void mistakesAreParseErrors(String text) {
        assertThatThrownBy(() -> DetectorErrorModel.parse(text)).isInstanceOf(ParseException.class);
    }
}
