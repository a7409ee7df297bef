/**
 * Network files: read with the line of everything, checked by Neutron's rules, read again at the cost of what changed.
 *
 * <p>{@link org.flow6.network.file.NetworkFile} splits the text into pieces, one per list item where the layout allows
 * it, and reads each into items: a {@code Kind} (what a port may state), its values, their lines. The {@code
 * Resolution} holds items against each other and makes a {@link org.flow6.network.NetworkModel} of them.
 */
@NullMarked
package org.flow6.network.file;

import org.jspecify.annotations.NullMarked;
