-- The trail: one row a record, append-only. docs/audit.md says what the columns mean.
CREATE TABLE audit_events (
    topic         TEXT    NOT NULL,
    partition     INTEGER NOT NULL,
    record_offset BIGINT  NOT NULL,
    seq           BIGINT  NOT NULL,
    record_at     BIGINT  NOT NULL,
    type          TEXT    NOT NULL,
    request_id    TEXT,
    task_id       TEXT,
    status        TEXT,
    route         TEXT,
    method        TEXT,
    attempt       INTEGER,
    record_key    TEXT,
    payload       TEXT,
    headers       TEXT    NOT NULL,
    digest        BYTEA   NOT NULL,
    PRIMARY KEY (topic, partition, seq, digest)
);

CREATE INDEX audit_events_by_request ON audit_events (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_events_by_task    ON audit_events (task_id)    WHERE task_id IS NOT NULL;
CREATE INDEX audit_events_by_time    ON audit_events (record_at, topic, partition, seq);
CREATE INDEX audit_events_by_status  ON audit_events (status, record_at, topic, partition, seq) WHERE status IS NOT NULL;
CREATE INDEX audit_events_by_route   ON audit_events (route, record_at, topic, partition, seq)  WHERE route IS NOT NULL;

-- How far each partition has come, the head of its chain, and the anchor that stands for the rows that were pruned.
CREATE TABLE audit_positions (
    topic         TEXT    NOT NULL,
    partition     INTEGER NOT NULL,
    next_offset   BIGINT  NOT NULL,
    seq           BIGINT  NOT NULL,
    digest        BYTEA   NOT NULL,
    anchor_offset BIGINT  NOT NULL,
    anchor_seq    BIGINT  NOT NULL,
    anchor_digest BYTEA   NOT NULL,
    anchor_mac    BYTEA   NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- What shows that the trail is read with the key it was begun with.
CREATE TABLE audit_key (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    digest BYTEA   NOT NULL
);
