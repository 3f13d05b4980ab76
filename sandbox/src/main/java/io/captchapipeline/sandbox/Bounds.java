package io.captchapipeline.sandbox;

/// How much a sandbox remembers; its counts go on for ever.
///
/// @param running tasks not yet solved, or still to be called back; beyond it there is no slot for another
/// @param finished tasks whose answers can be asked for; beyond it the oldest are forgotten before their time
/// @param callers requests and pingback paths in the report; beyond it the longest silent are forgotten
record Bounds(int running, int finished, int callers) {
    static final Bounds DEFAULT = new Bounds(200_000, 200_000, 100_000);
}
