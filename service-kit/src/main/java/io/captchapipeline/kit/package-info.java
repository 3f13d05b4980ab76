/// How anything runs: a service is a [ServiceDefinition], [ServiceMain] runs one or several of them in a process, and
/// [ServiceContext] is all that their wiring may use.
@NullMarked
package io.captchapipeline.kit;

import org.jspecify.annotations.NullMarked;
