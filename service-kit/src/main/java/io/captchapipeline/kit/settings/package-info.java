/// What a process is told by its environment: one catalogue of every setting of every service, typed reads, and all
/// that is wrong said at once.
@NullMarked
package io.captchapipeline.kit.settings;

import org.jspecify.annotations.NullMarked;
