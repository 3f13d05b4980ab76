/// How people are told: an [Announcement] goes over every [Channel] that is set up, by mail and by webhook, each at its
/// own pace. What cannot be delivered waits and is not lost; what was told already is not told again.
@NullMarked
package io.captchapipeline.alerting.tell;

import org.jspecify.annotations.NullMarked;
