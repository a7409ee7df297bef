/** YAML and JSON, read into nodes that know their lines: what people write, and are told about when it is wrong. */
@NullMarked
package org.flow6.network.text;

import org.jspecify.annotations.NullMarked;
