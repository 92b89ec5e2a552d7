package org.jaket.execution;

/**
 * A number with its uncertainty.
 *
 * @param value the best guess
 * @param standardError its standard error; 0 when the value is exact
 */
public record Estimate(double value, double standardError) {
    /**
     * The interval of 95% confidence when the error is normal: 1.96 standard errors to each side.
     */
    public double[] interval95() {
        return new double[] {value - 1.96 * standardError, value + 1.96 * standardError};
    }

    @Override
    public String toString() {
        return standardError == 0 ? String.valueOf(value) : value + " +- " + standardError;
    }
}
