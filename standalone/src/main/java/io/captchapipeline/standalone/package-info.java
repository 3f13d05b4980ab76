/// The `captcha` command, and all services in one JVM.
///
/// [Captcha] lists the commands, one class each. [UpCommand] runs everything: [DataHome] holds what outlives the
/// process, [Ports] are known to be free before anything starts, [Services] is the list in the order an event travels,
/// [Address] is what a user gets to see.
@NullMarked
package io.captchapipeline.standalone;

import org.jspecify.annotations.NullMarked;
