package io.captchapipeline.sandbox;

/// The words of the protocol.
final class Codes {
    static final String NOT_READY = "CAPCHA_NOT_READY";
    static final String WRONG_KEY = "ERROR_WRONG_USER_KEY";
    static final String BAD_PARAMETERS = "ERROR_BAD_PARAMETERS";
    static final String PAGE_URL = "ERROR_PAGEURL";
    static final String GOOGLE_KEY = "ERROR_GOOGLEKEY";
    static final String WRONG_GOOGLE_KEY = "ERROR_WRONG_GOOGLEKEY";
    static final String PROXY_FORMAT = "ERROR_PROXY_FORMAT";
    static final String EMPTY_FILE = "ERROR_ZERO_CAPTCHA_FILESIZE";
    static final String TOO_BIG_FILE = "ERROR_TOO_BIG_CAPTCHA_FILESIZE";
    static final String FILE_EXTENSION = "ERROR_WRONG_FILE_EXTENSION";
    static final String IMAGE_TYPE = "ERROR_IMAGE_TYPE_NOT_SUPPORTED";
    static final String UPLOAD = "ERROR_UPLOAD";
    static final String NO_SLOT = "ERROR_NO_SLOT_AVAILABLE";
    static final String ZERO_BALANCE = "ERROR_ZERO_BALANCE";
    static final String TOO_MUCH_REQUESTS = "ERROR_TOO_MUCH_REQUESTS";
    static final String WRONG_ID_FORMAT = "ERROR_WRONG_ID_FORMAT";
    static final String WRONG_ID = "ERROR_WRONG_CAPTCHA_ID";
    static final String EMPTY_ACTION = "ERROR_EMPTY_ACTION";
    static final String NOT_RECORDED = "ERROR_REPORT_NOT_RECORDED";
    static final String DUPLICATE_REPORT = "ERROR_DUPLICATE_REPORT";
    static final String REPORT_RECORDED = "OK_REPORT_RECORDED";
    static final String PINGBACK_RECORDED = "OK_PINGBACK";

    private Codes() {}
}
