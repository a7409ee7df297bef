/** What Flow6 shows and takes over HTTP. */
@NullMarked
package org.flow6.launcher.http;

import org.jspecify.annotations.NullMarked;
