/// Outcomes, as their topics tell them: kept to be asked for, and handed to those who wait.
@NullMarked
package io.captchapipeline.router.view;

import org.jspecify.annotations.NullMarked;
