package io.captchapipeline.sandbox;

import java.nio.file.Path;

/// Where a sandbox keeps its tasks and where it listens.
///
/// @param dir made if it is not there; one sandbox at a time
/// @param port 0: any free one
public record SandboxConfig(Path dir, String host, int port) {}
