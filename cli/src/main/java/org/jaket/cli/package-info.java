/** The {@code jaket} command: options in, text and files out. */
@NullMarked
package org.jaket.cli;

import org.jspecify.annotations.NullMarked;
