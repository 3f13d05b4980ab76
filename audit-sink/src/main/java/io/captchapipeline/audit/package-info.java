/// Who knew what, when: every record of the audited topics as a row of `audit_events`, exactly once, free of secrets,
/// in
/// a chain that shows whether it was touched.
///
/// The story of a record: [BatchSink] gets it with its batch, [RecordReading] makes a row of it and lets [Redaction]
/// replace what is secret, [Trail] appends the rows to their partition's chain, with how far that is, in one
/// transaction. [HeadKeeper] writes the heads of the chains to a place outside of the database. [Retention] prunes
/// from the old end. [AuditApi] answers what people ask, [Verification] whether the trail is what it was.
@NullMarked
package io.captchapipeline.audit;

import org.jspecify.annotations.NullMarked;
