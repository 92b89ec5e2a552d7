/**
 * Results as bits: batches of shots in memory, and Stim's six result formats as streams.
 *
 * <p>The formats are described on {@link org.jaket.stabilizer.results.ResultFormat}. Readers and
 * writers work a batch at a time, so memory is bounded by the batch and not by the file.
 */
@NullMarked
package org.jaket.stabilizer.results;

import org.jspecify.annotations.NullMarked;
