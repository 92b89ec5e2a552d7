/** JMH benchmarks of the engines. */
@NullMarked
package org.jaket.benchmarks;

import org.jspecify.annotations.NullMarked;
