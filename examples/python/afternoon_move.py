#!/usr/bin/env python3
"""A scraper that submits to the solver by itself, moved in an afternoon. Two lines change:

    data["pingback"] = ...           was the URL of a Flask server of its own, is now `./captcha ticket`
    outcome = wait(task_id)          was store.wait(task_id), a dictionary,    is now GET /results/ID?wait=

Needs requests (Debian: python3-requests).
"""
import os, sys
import requests

SOLVER = os.environ.get("CAPTCHAAI_URL", "https://ocr.captchaai.com")
API_KEY = os.environ["CAPTCHAAI_API_KEY"]
PINGBACK = os.environ["PINGBACK"]  # PINGBACK=$(./captcha ticket)
RESULTS = os.environ.get("RESULTS_URL", "http://127.0.0.1:8082")
AUTH = {"Authorization": "Bearer " + os.environ["API_TOKEN"]} if "API_TOKEN" in os.environ else {}


def submit_with_pingback(method, **params):
    data = {"key": API_KEY, "method": method, "pingback": PINGBACK, "json": 1, **params}
    answer = requests.post(SOLVER + "/in.php", data=data, timeout=30).json()
    if answer["status"] != 1:
        raise RuntimeError(f"Submit error: {answer['request']}")
    return answer["request"]


def wait(task_id, timeout=120):
    response = requests.get(f"{RESULTS}/results/{task_id}", params={"wait": f"{timeout}s"}, headers=AUTH, timeout=timeout + 10)
    if response.status_code in (202, 404):  # not yet; never heard of
        return None
    response.raise_for_status()
    return response.json()


if __name__ == "__main__":
    task_id = submit_with_pingback("userrecaptcha", googlekey="SITE_KEY", pageurl="https://example.com")
    outcome = wait(task_id)
    if outcome is None:
        print(f"no outcome: ask res.php for {task_id}", file=sys.stderr)
        sys.exit(4)
    print(outcome["status"], outcome.get("solution") or outcome["error"])
    sys.exit(0 if outcome["status"] == "solved" else 3)
