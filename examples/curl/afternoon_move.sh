#!/bin/sh
# Submit to the solver by yourself, as before; only the pingback and the waiting are the pipeline's.
#   PINGBACK=$(./captcha ticket) CAPTCHAAI_API_KEY=... examples/curl/afternoon_move.sh
set -eu
SOLVER=${CAPTCHAAI_URL:-https://ocr.captchaai.com}
RESULTS=${RESULTS_URL:-http://127.0.0.1:8082}

TASK=$(curl -sS --fail-with-body "$SOLVER/in.php" \
  --data-urlencode "key=$CAPTCHAAI_API_KEY" --data-urlencode "pingback=$PINGBACK" \
  -d method=userrecaptcha -d googlekey=SITE_KEY --data-urlencode pageurl=https://example.com |
  sed -n 's/^OK|//p')
[ -n "$TASK" ] || { echo "the solver did not take it" >&2; exit 1; }

# 404: nobody heard of it, for its callback did not come.
OUTCOME=$(curl -sS ${API_TOKEN:+-H "Authorization: Bearer $API_TOKEN"} "$RESULTS/results/$TASK?wait=120s")
echo "$OUTCOME"
case $OUTCOME in
  *'"status":"solved"'*) ;;
  *'"status":"failed"'* | *'"status":"error"'*) exit 3 ;;
  *) echo "no outcome: ask res.php for $TASK" >&2; exit 4 ;;
esac
