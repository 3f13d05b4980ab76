#!/usr/bin/env python3
"""A scraper that submits to the solver by itself, moved in an afternoon. Two lines change:

    data["pingback"] = ...           was the URL of a Flask server of its own, is now `./captcha ticket`
    token = store.wait(task_id)      was a dictionary in memory,               is now GET /results/ID?wait=
"""
import json, os, sys, urllib.error, urllib.parse, urllib.request

SOLVER = os.environ.get("CAPTCHAAI_URL", "https://ocr.captchaai.com")
API_KEY = os.environ["CAPTCHAAI_API_KEY"]
PINGBACK = os.environ["PINGBACK"]  # PINGBACK=$(./captcha ticket)
RESULTS = os.environ.get("RESULTS_URL", "http://127.0.0.1:8082")


def submit_with_pingback(method, **params):
    data = {"key": API_KEY, "method": method, "pingback": PINGBACK, "json": 1, **params}
    with urllib.request.urlopen(SOLVER + "/in.php", urllib.parse.urlencode(data).encode(), timeout=30) as response:
        answer = json.load(response)
    if answer["status"] != 1:
        raise RuntimeError(f"Submit error: {answer['request']}")
    return answer["request"]


def wait(task_id, timeout=120):
    request = urllib.request.Request(f"{RESULTS}/results/{task_id}?wait={timeout}s")
    if "API_TOKEN" in os.environ:
        request.add_header("Authorization", "Bearer " + os.environ["API_TOKEN"])
    try:
        with urllib.request.urlopen(request, timeout=timeout + 10) as response:
            return json.load(response) if response.status == 200 else None
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


if __name__ == "__main__":
    task_id = submit_with_pingback("userrecaptcha", googlekey="SITE_KEY", pageurl="https://example.com")
    outcome = wait(task_id)
    if outcome is None:
        sys.exit(f"no answer for {task_id} yet")
    print(outcome["status"], outcome.get("solution") or outcome["error"])
    sys.exit(0 if outcome["status"] == "solved" else 3)
