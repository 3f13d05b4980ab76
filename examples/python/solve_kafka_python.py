#!/usr/bin/env python3
"""Ask on captcha-submit, await the outcome by HTTP. Needs kafka-python (Debian: python3-kafka).

This client reads what is not committed too (Debian has 2.0.2), and an outcome counts only once it is. So the results API
is asked, which tells committed outcomes only.
"""
import json, os, sys, urllib.request, uuid
from kafka import KafkaProducer

KAFKA = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")
RESULTS = os.environ.get("RESULTS_URL", "http://127.0.0.1:8082")


def submit(method, params, timeout=90):
    request_id = str(uuid.uuid4())
    producer = KafkaProducer(bootstrap_servers=KAFKA.split(","), acks="all")
    producer.send("captcha-submit", key=request_id.encode(), value=json.dumps(
        {"request_id": request_id, "method": method, "params": params, "timeout_seconds": timeout}).encode()).get(30)
    producer.close()
    return request_id


def wait(request_id, timeout=120):
    request = urllib.request.Request(f"{RESULTS}/results/{request_id}?wait={timeout}s")
    if "API_TOKEN" in os.environ:
        request.add_header("Authorization", "Bearer " + os.environ["API_TOKEN"])
    with urllib.request.urlopen(request, timeout=timeout + 10) as response:
        if response.status != 200:
            raise TimeoutError(f"no outcome for {request_id}")
        return json.load(response)


if __name__ == "__main__":
    outcome = wait(submit("userrecaptcha", {"googlekey": "SITE_KEY", "pageurl": "https://example.com"}))
    print(outcome["status"], outcome.get("solution") or outcome["error"])
    sys.exit(0 if outcome["status"] == "solved" else 3)
