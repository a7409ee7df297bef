/**
 * Neutron's API v2.0 over a store: what each resource has is declared once, and reading, checking, listing and documentation
 * follow. Nothing here knows of HTTP.
 */
@NullMarked
package org.flow6.northbound.api;

import org.jspecify.annotations.NullMarked;
