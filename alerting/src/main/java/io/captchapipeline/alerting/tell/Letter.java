package io.captchapipeline.alerting.tell;

import java.util.List;
import java.util.Optional;

/// What is to be told, in every form that a channel may want.
///
/// @param id the same for the same telling, whoever sends it and however often; ASCII without blanks
/// @param answers the id of the letter that begins the thread, for all letters but that one
/// @param subject one line of ASCII
public record Letter(String id, Optional<String> answers, List<String> to, String subject, String text, String html) {}
