#!/usr/bin/env python3
"""Ask on captcha-submit, await the outcome. Needs confluent-kafka (Debian: python3-confluent-kafka)."""
import json, os, sys, time, uuid
from confluent_kafka import Consumer, Producer, TopicPartition

KAFKA = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")


def stand_at_the_end(consumer, topics):
    """Before anything is asked, so that no outcome is missed."""
    known = consumer.list_topics(timeout=10).topics
    partitions = [TopicPartition(topic, partition) for topic in topics for partition in known[topic].partitions]
    for partition in partitions:
        _, partition.offset = consumer.get_watermark_offsets(partition, timeout=10)
    consumer.assign(partitions)


def solve(method, params, timeout=180):
    consumer = Consumer({"bootstrap.servers": KAFKA, "group.id": "not-used", "enable.auto.commit": False,
                         "isolation.level": "read_committed"})
    stand_at_the_end(consumer, ["captcha-solved", "captcha-failed"])
    request_id = str(uuid.uuid4())
    producer = Producer({"bootstrap.servers": KAFKA, "acks": "all", "enable.idempotence": True})
    producer.produce("captcha-submit", key=request_id, value=json.dumps(
        {"request_id": request_id, "method": method, "params": params, "timeout_seconds": timeout}))
    if producer.flush(30):
        raise RuntimeError("Kafka did not confirm it")
    deadline = time.monotonic() + timeout + 45
    try:
        while time.monotonic() < deadline:
            record = consumer.poll(1)
            if record and not record.error() and record.key() == request_id.encode():
                return json.loads(record.value())
        raise TimeoutError(f"no outcome for {request_id}")
    finally:
        consumer.close()


if __name__ == "__main__":
    outcome = solve("userrecaptcha", {"googlekey": "SITE_KEY", "pageurl": "https://example.com"})
    print(outcome["status"], outcome.get("solution") or outcome["error"])
    sys.exit(0 if outcome["status"] == "solved" else 3)
