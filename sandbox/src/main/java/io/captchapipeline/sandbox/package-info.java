/// A solver to practise on, with faults on demand.
@NullMarked
package io.captchapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
