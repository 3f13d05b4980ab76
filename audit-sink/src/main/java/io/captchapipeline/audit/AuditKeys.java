package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys that come of `AUDIT_KEY`, one a purpose, so that what is signed for one cannot be shown for another.
final class AuditKeys {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac chain;
    private final Mac anchor;
    private final Mac head;
    private final Mac secret;
    private final Digest check;

    private AuditKeys(Mac root) {
        chain = derived(root, "chain");
        anchor = derived(root, "anchor");
        head = derived(root, "head");
        secret = derived(root, "secret");
        check = of(root, "captcha-audit/check/v1".getBytes(UTF_8));
    }

    static AuditKeys from(Secret key) {
        return new AuditKeys(keyed(key.bytes()));
    }

    /// Links a row, in its canonical bytes, to what stands before it.
    Digest link(Digest before, byte[] row) {
        return of(chain, before.bytes(), row);
    }

    /// What stands before the first row of a partition.
    Digest genesis(byte[] partition) {
        return of(chain, partition);
    }

    Digest anchor(byte[] anchored) {
        return of(anchor, anchored);
    }

    String head(String line) {
        return of(head, line.getBytes(UTF_8)).hex();
    }

    /// What is stored in place of a secret.
    String secret(byte[] value) {
        return "hmac-sha256:" + HexFormat.of().formatHex(of(secret, value).bytes());
    }

    /// Tells this key from another, and no more.
    Digest check() {
        return check;
    }

    private static Mac derived(Mac root, String purpose) {
        return keyed(
                of(root, ("captcha-audit/" + purpose + "/v1").getBytes(UTF_8)).bytes());
    }

    /// A `Mac` serves one thread at a time.
    private static Digest of(Mac key, byte[]... parts) {
        try {
            var mac = (Mac) key.clone();
            for (var part : parts) {
                mac.update(part);
            }
            return new Digest(mac.doFinal());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of this JDK cannot be copied", e);
        }
    }

    private static Mac keyed(byte[] key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }
}
