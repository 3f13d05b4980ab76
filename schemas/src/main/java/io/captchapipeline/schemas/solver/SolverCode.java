package io.captchapipeline.schemas.solver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A word that a solver answers in place of an id or a solution, and what it means for whoever asked.
///
/// @param code as the solver writes it
/// @param meaning what to do about it
/// @param pause how long the account is left alone; zero where it need not be
public record SolverCode(String code, Meaning meaning, Duration pause) {
    /// What to do about a code.
    public enum Meaning {
        /// The answer for this request; asking the same again is useless.
        FINAL,
        /// Not taken and not paid; the same attempt may be made after a pause.
        WAIT,
        /// Nobody knows whether the task was taken; never posted again.
        UNCERTAIN,
        /// The account, not the request, is at fault; nothing more is asked until that is mended or the pause is over.
        STOP,
        /// No answer yet; ask for it later.
        NOT_READY
    }

    public static final String UNSOLVABLE = "ERROR_CAPTCHA_UNSOLVABLE";

    private static final String PREFIX = "ERROR_";
    private static final Pattern NUMBERED = Pattern.compile("ERROR: \\d{1,9}");
    private static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(5);

    private static final Map<String, SolverCode> KNOWN = List.of(
                    stop("ERROR_WRONG_USER_KEY", 0),
                    stop("ERROR_KEY_DOES_NOT_EXIST", 0),
                    stop("ERROR_IP_NOT_ALLOWED", 0),
                    stop("IP_BANNED", 300),
                    stop("ERROR_IP_BANNED", 300),
                    stop("ERROR: 1001", 600),
                    stop("ERROR: 1002", 300),
                    stop("ERROR: 1003", 30),
                    stop("ERROR: 1004", 600),
                    stop("ERROR: 1005", 600),
                    stop("TOO_MANY_BAD_IMAGES", 60),
                    waits("ERROR_ZERO_BALANCE", 60),
                    waits("ERROR_NO_SLOT_AVAILABLE", 5),
                    waits("MAX_USER_TURN", 10),
                    waits("ERROR_TOO_MUCH_REQUESTS", 10),
                    new SolverCode("ERROR_SERVER_ERROR", Meaning.UNCERTAIN, Duration.ofSeconds(10)),
                    new SolverCode("ERROR_INTERNAL_SERVER_ERROR", Meaning.UNCERTAIN, Duration.ofSeconds(10)),
                    new SolverCode("CAPCHA_NOT_READY", Meaning.NOT_READY, Duration.ZERO),
                    new SolverCode("CAPTCHA_NOT_READY", Meaning.NOT_READY, Duration.ZERO),
                    ends(UNSOLVABLE),
                    ends("ERROR_PAGEURL"),
                    ends("ERROR_GOOGLEKEY"),
                    ends("ERROR_WRONG_GOOGLEKEY"),
                    ends("ERROR_BAD_TOKEN_OR_PAGEURL"),
                    ends("ERROR_BAD_PARAMETERS"),
                    ends("ERROR_ZERO_CAPTCHA_FILESIZE"),
                    ends("ERROR_TOO_BIG_CAPTCHA_FILESIZE"),
                    ends("ERROR_WRONG_FILE_EXTENSION"),
                    ends("ERROR_IMAGE_TYPE_NOT_SUPPORTED"),
                    ends("ERROR_UPLOAD"),
                    ends("ERROR_EMPTY_CAPTCHA"),
                    ends("ERROR_CAPTCHAIMAGE_BLOCKED"),
                    ends("ERROR_PROXY_FORMAT"),
                    ends("ERROR_BAD_PROXY"),
                    ends("ERROR_PROXY_CONNECTION_FAILED"),
                    ends("ERROR_DOMAIN_NOT_ALLOWED"),
                    ends("ERROR_BAD_DUPLICATES"),
                    ends("ERROR_NO_SUCH_METHOD"),
                    ends("ERROR_WRONG_ID_FORMAT"),
                    ends("ERROR_WRONG_CAPTCHA_ID"),
                    ends("ERROR_TOKEN_EXPIRED"),
                    ends("ERROR_EMPTY_ACTION"),
                    ends("ERROR_IP_ADDRES"),
                    ends("ERROR_REPORT_NOT_RECORDED"),
                    ends("REPORT_NOT_RECORDED"),
                    ends("ERROR_DUPLICATE_REPORT"))
            .stream()
            .collect(Collectors.toUnmodifiableMap(SolverCode::code, Function.identity()));

    /// Whether a solver's answer is a code. A text that merely contains the word ERROR is an answer like any other.
    public static boolean isCode(String answer) {
        return answer.startsWith(PREFIX)
                || KNOWN.containsKey(answer)
                || NUMBERED.matcher(answer).matches();
    }

    /// What a code means; one that nobody has documented is final, a numbered block that nobody has documented stops.
    public static SolverCode of(String code) {
        var known = KNOWN.get(code);
        if (known != null) {
            return known;
        }
        return NUMBERED.matcher(code).matches() ? new SolverCode(code, Meaning.STOP, UNKNOWN_LIMIT) : ends(code);
    }

    /// Every documented code: the names that are safe as a metric's label.
    public static Map<String, SolverCode> known() {
        return KNOWN;
    }

    private static SolverCode stop(String code, int seconds) {
        return new SolverCode(code, Meaning.STOP, Duration.ofSeconds(seconds));
    }

    private static SolverCode waits(String code, int seconds) {
        return new SolverCode(code, Meaning.WAIT, Duration.ofSeconds(seconds));
    }

    private static SolverCode ends(String code) {
        return new SolverCode(code, Meaning.FINAL, Duration.ZERO);
    }
}
