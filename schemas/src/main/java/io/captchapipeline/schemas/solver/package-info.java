/// The words of the 2captcha-compatible protocol that more than one module must understand.
@NullMarked
package io.captchapipeline.schemas.solver;

import org.jspecify.annotations.NullMarked;
