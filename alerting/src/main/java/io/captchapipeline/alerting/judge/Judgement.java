package io.captchapipeline.alerting.judge;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a rule says of a situation. `UNSURE` is the margin between alarming and well, or too little to judge by: what
/// was so before stays so.
record Judgement(
        Verdict verdict,
        @Nullable Double value,
        @Nullable Double threshold,
        String summary,
        Map<String, String> labels) {
    enum Verdict {
        ALARMING,
        UNSURE,
        WELL
    }

    static Judgement alarming(double value, double threshold, String summary) {
        return new Judgement(Verdict.ALARMING, value, threshold, summary, Map.of());
    }

    static Judgement unsure(String summary) {
        return new Judgement(Verdict.UNSURE, null, null, summary, Map.of());
    }

    static Judgement well(String summary) {
        return new Judgement(Verdict.WELL, null, null, summary, Map.of());
    }

    static Judgement well(double value, double threshold, String summary) {
        return new Judgement(Verdict.WELL, value, threshold, summary, Map.of());
    }

    Judgement with(String label, String text) {
        return new Judgement(verdict, value, threshold, summary, Map.of(label, text));
    }
}
