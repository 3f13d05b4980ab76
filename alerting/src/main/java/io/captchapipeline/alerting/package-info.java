/// Delivery statistics, rules, and telling people.
@NullMarked
package io.captchapipeline.alerting;

import org.jspecify.annotations.NullMarked;
