#!/bin/sh
# Ask on captcha-submit with kcat, await the outcome with curl. Debian: apt-get install kcat curl
set -eu
KAFKA=${KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}
RESULTS=${RESULTS_URL:-http://127.0.0.1:8082}
ID=$(cat /proc/sys/kernel/random/uuid)

printf '%s|{"request_id":"%s","method":"userrecaptcha","params":{"googlekey":"SITE_KEY","pageurl":"https://example.com"},"timeout_seconds":90}\n' "$ID" "$ID" |
  kcat -P -b "$KAFKA" -t captcha-submit -K '|' -X acks=all

OUTCOME=$(curl -sS --fail-with-body ${API_TOKEN:+-H "Authorization: Bearer $API_TOKEN"} "$RESULTS/results/$ID?wait=120s")
echo "$OUTCOME"
case $OUTCOME in
  *'"status":"solved"'*) ;;
  *'"status":"failed"'* | *'"status":"error"'*) exit 3 ;;
  *) exit 4 ;; # pending: ask again
esac
