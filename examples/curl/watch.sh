#!/bin/sh
# Every committed outcome from now on, one JSON object a line: captcha-solved, captcha-failed.
set -eu
exec kcat -b "${KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}" -X isolation.level=read_committed -X auto.offset.reset=latest -q -u \
  -G "watch-$$" captcha-solved captcha-failed
