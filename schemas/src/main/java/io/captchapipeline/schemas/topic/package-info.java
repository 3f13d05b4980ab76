/// Where events travel: the topics and the services that read and write them.
@NullMarked
package io.captchapipeline.schemas.topic;

import org.jspecify.annotations.NullMarked;
