#!/usr/bin/env python3
"""Ask on captcha-submit, await the outcome. Needs kafka-python (Debian: python3-kafka).

Debian's version cannot be told read_committed: an outcome of a transaction that is aborted may be seen, and its
solution is then one that the pipeline did not stand by. Where that matters, use confluent-kafka.
"""
import json, os, sys, time, uuid
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

KAFKA = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")


def stand_at_the_end(consumer, topics):
    """Before anything is asked, so that no outcome is missed."""
    consumer.assign([TopicPartition(topic, partition) for topic in topics for partition in consumer.partitions_for_topic(topic)])
    consumer.seek_to_end()
    for partition in consumer.assignment():
        consumer.position(partition)


def solve(method, params, timeout=180):
    consumer = KafkaConsumer(bootstrap_servers=KAFKA, enable_auto_commit=False)
    stand_at_the_end(consumer, ["captcha-solved", "captcha-failed"])
    request_id = str(uuid.uuid4())
    producer = KafkaProducer(bootstrap_servers=KAFKA, acks="all")
    producer.send("captcha-submit", key=request_id.encode(), value=json.dumps(
        {"request_id": request_id, "method": method, "params": params, "timeout_seconds": timeout}).encode()).get(30)
    deadline = time.monotonic() + timeout + 45
    try:
        while time.monotonic() < deadline:
            for records in consumer.poll(1000).values():
                for record in records:
                    if record.key == request_id.encode():
                        return json.loads(record.value)
        raise TimeoutError(f"no outcome for {request_id}")
    finally:
        consumer.close()
        producer.close()


if __name__ == "__main__":
    outcome = solve("userrecaptcha", {"googlekey": "SITE_KEY", "pageurl": "https://example.com"})
    print(outcome["status"], outcome.get("solution") or outcome["error"])
    sys.exit(0 if outcome["status"] == "solved" else 3)
