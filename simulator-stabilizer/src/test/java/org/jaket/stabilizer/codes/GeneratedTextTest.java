package org.jaket.stabilizer.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

class GeneratedTextTest {
    /**
     * The first 16 digits of the SHA-256 of what Stim 1.17's {@code stim gen} prints, comment lines
     * left out.
     */
    @ParameterizedTest
    @CsvSource({
        "repetition_code,memory,3,3,0,d20767d641dbd2d5",
        "repetition_code,memory,3,7,0.00125,51f8d51843fec39a",
        "repetition_code,memory,9,9,0,507ebf146e230766",
        "repetition_code,memory,9,13,0.00125,a06ba2f99d9d5386",
        "surface_code,rotated_memory_x,3,3,0,42b38e3950901401",
        "surface_code,rotated_memory_x,3,7,0.00125,23a9df6fd6a8730c",
        "surface_code,rotated_memory_x,6,6,0,72e7169ac5579c18",
        "surface_code,rotated_memory_x,6,10,0.00125,73d00ec7bf328045",
        "surface_code,rotated_memory_x,25,25,0,2135d1a3e9a88c92",
        "surface_code,rotated_memory_x,25,29,0.00125,aee5d0c64e44e0bf",
        "surface_code,rotated_memory_z,5,5,0,88abf88817c5999a",
        "surface_code,rotated_memory_z,5,9,0.00125,1c89d5d201c356e9",
        "surface_code,unrotated_memory_x,4,4,0,bb2ca573b3964349",
        "surface_code,unrotated_memory_x,4,8,0.00125,e46db4d7f71bb200",
        "surface_code,unrotated_memory_z,3,3,0,301e825a173603fd",
        "surface_code,unrotated_memory_z,3,7,0.00125,d2d67745ec221b6a",
        "surface_code,unrotated_memory_z,7,7,0,91355b174abf4b55",
        "surface_code,unrotated_memory_z,7,11,0.00125,07c858589dc46e87",
        "color_code,memory_xyz,3,3,0,9241e1432f007ec8",
        "color_code,memory_xyz,3,7,0.00125,13bffc04b6ea5e59",
        "color_code,memory_xyz,7,7,0,ac573bcf05271f21",
        "color_code,memory_xyz,7,11,0.00125,ebfb9d130295aa58"
    })
    void textIsStims(String code, String task, int distance, long rounds, double p, String digest)
            throws NoSuchAlgorithmException {
        String text =
                MemoryExperiment.of(MemoryTask.of(code, task), distance)
                        .rounds(rounds)
                        .noise(p)
                        .circuit()
                        .toStim();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(hash)).startsWith(digest);
    }
}
