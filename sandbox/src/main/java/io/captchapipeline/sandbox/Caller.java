package io.captchapipeline.sandbox;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who a submission is for, as its pingback tells: the request and attempt of a ticket, else the pingback's path.
///
/// @param key the request's id, or the path; empty without a pingback
/// @param attempt 0 where the pingback names none
record Caller(String key, int attempt) {
    /// A ticket for a request, `v1~REQUEST_ID~ATTEMPT~METHOD~ROUTE~MINTED~EXPIRES~SIGNATURE`; whether its signature is
    /// good is not for a solver to know.
    private static final Pattern TICKET = Pattern.compile("v1~([^~/]+)~([1-9][0-9]{0,8})(?:~[^~/]*){5}");

    static Caller of(@Nullable String pingback) {
        if (pingback == null) {
            return new Caller("", 0);
        }
        var path = path(pingback);
        var ticket = TICKET.matcher(path.substring(path.lastIndexOf('/') + 1));
        return ticket.matches() ? new Caller(ticket.group(1), Integer.parseInt(ticket.group(2))) : new Caller(path, 0);
    }

    private static String path(String url) {
        int scheme = url.indexOf("://");
        int start = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        if (start < 0) {
            return "/";
        }
        int end = start;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return url.substring(start, end);
    }
}
