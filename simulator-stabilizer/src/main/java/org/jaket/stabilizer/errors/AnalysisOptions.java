package org.jaket.stabilizer.errors;

/**
 * What an analysis is to do; see the methods of {@link ErrorAnalysis}.
 *
 * @param disjointThreshold the largest probability of disjoint errors that may count as
 *     independent, 0 for none
 */
record AnalysisOptions(
        boolean decompose,
        boolean fold,
        boolean allowGauge,
        double disjointThreshold,
        boolean ignoreFailures,
        boolean blockRemnants) {
    static final AnalysisOptions DEFAULT =
            new AnalysisOptions(false, false, false, 0, false, false);
}
