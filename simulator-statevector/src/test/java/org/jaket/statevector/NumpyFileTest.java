package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** States to NumPy's files and back. */
class NumpyFileTest {
    @TempDir private Path folder;

    // X and SWAP leave qubits renamed and flipped, which the file must not show.
    private static final Circuit CIRCUIT =
            Circuit.of(5, c -> c.ry(0.3, 0).x(1).cx(0, 2).rz(1, 2).swap(2, 4).h(3).x(4));

    @ParameterizedTest
    @EnumSource(Precision.class)
    void writtenStatesAreReadBitForBit(Precision precision) throws IOException {
        Path file = folder.resolve("state.npy");
        try (StateVector state = StateVectorSimulator.of(precision).state(CIRCUIT)) {
            state.write(file);
            try (StateVector read = StateVector.read(file)) {
                assertThat(read.precision()).isEqualTo(precision);
                assertThat(read.qubits()).isEqualTo(5);
                for (long i = 0; i < 32; i++) {
                    assertThat(read.re(i)).isEqualTo(state.re(i));
                    assertThat(read.im(i)).isEqualTo(state.im(i));
                }
            }
        }
        assertThat(folder.toFile().list()).containsExactly("state.npy");
    }

    /** The bytes that numpy.save(file, numpy.array([0.6, 0.8j])) writes (NumPy 2.4.6). */
    private static byte[] numpys() {
        String header = "{'descr': '<c16', 'fortran_order': False, 'shape': (2,), }";
        ByteBuffer bytes = ByteBuffer.allocate(128 + 32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        while (bytes.position() < 127) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) '\n').putDouble(0.6).putDouble(0).putDouble(0).putDouble(0.8);
        return bytes.array();
    }

    @Test
    void bytesAreThoseOfNumpy() throws IOException {
        Path file = folder.resolve("numpy.npy");
        Files.write(file, numpys());
        try (StateVector state = StateVector.read(file)) {
            assertThat(state.re(0)).isEqualTo(0.6);
            assertThat(state.im(1)).isEqualTo(0.8);
            Path again = folder.resolve("again.npy");
            state.write(again);
            assertThat(Files.readAllBytes(again)).isEqualTo(numpys());
        }
    }

    @Test
    void whatIsWrongInAFileIsNamed() throws IOException {
        check(b -> b[1] = 'n', "does not begin as a NumPy file does");
        check(b -> b[6] = 9, "version 9");
        check(b -> Arrays.fill(b, b.length - 8, b.length, (byte) 0xFF), "amplitude 1");
        check(b -> b[22] = 'f', "numbers of type <f16");
        check(b -> b[62] = '3', "3 amplitudes");
        check(b -> b[62] = '4', "promises");
        Path file = folder.resolve("short.npy");
        Files.write(file, Arrays.copyOf(numpys(), 7));
        assertThatThrownBy(() -> StateVector.read(file)).hasMessageContaining("ends at byte 7");
        Files.write(file, Arrays.copyOf(numpys(), 150));
        assertThatThrownBy(() -> StateVector.read(file)).hasMessageContaining("has 150 bytes");
    }

    private interface Damage {
        void to(byte[] bytes);
    }

    private void check(Damage damage, String message) throws IOException {
        byte[] bytes = numpys();
        damage.to(bytes);
        Path file = folder.resolve("damaged.npy");
        Files.write(file, bytes);
        assertThatThrownBy(() -> StateVector.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged.npy")
                .hasMessageContaining(message);
    }
}
