#!/usr/bin/env bash
# Runs every example against a ./captcha up of its own: once while the sandbox solves, once while it fails. An example
# has to say what the outcome topics say, and to end with 0 or 3. What an example needs and is not there is a failure.
set -euo pipefail
cd "$(dirname "$0")"

fail() { printf '%s\n' "$*" >&2; exit 1; }

# Debian's Python packages are for Debian's Python, which need not be the first on the PATH.
find_python() {
  local each
  for each in python3 /usr/bin/python3; do
    if "$each" -c 'import confluent_kafka, kafka, requests' 2>/dev/null; then
      echo "$each"
      return
    fi
  done
}

missing=()
for tool in curl kcat node npm; do command -v "$tool" >/dev/null || missing+=("$tool"); done
PYTHON=$(find_python)
[ -n "$PYTHON" ] || missing+=(python3 python3-confluent-kafka python3-kafka python3-requests)
[ ${#missing[@]} -eq 0 ] || fail "The examples need: ${missing[*]}" "Debian: apt-get install ${missing[*]/#node/nodejs}"

forgotten=$(find . -name node_modules -prune -o \( -name '*.py' -o -name '*.js' -o -name '*.sh' \) -print | sort)
[ "$forgotten" = "./curl/afternoon_move.sh
./curl/solve.sh
./curl/watch.sh
./node/solve.js
./python/afternoon_move.py
./python/solve_confluent.py
./python/solve_kafka_python.py
./test.sh" ] || fail "An example is not tried here: name it below. There are" "$forgotten"

(cd node && npm ci --no-audit --no-fund --loglevel=error)

work=$(mktemp -d)
up= watch=
cleanup() {
  [ -z "$watch" ] || kill "$watch" 2>/dev/null || true
  if [ -n "$up" ] && kill "$up" 2>/dev/null; then wait "$up" || true; fi
  rm -rf "$work"
}
trap cleanup EXIT

export DATA_DIR=$work/data
KAFKA_PORT=0 INGRESS_PORT=0 RESULTS_PORT=0 AUDIT_PORT=0 ALERTING_PORT=0 SANDBOX_PORT=0 MANAGEMENT_PORT=0 \
  ../captcha up >"$work/up.out" 2>"$work/up.err" &
up=$!
until grep -q '^READY' "$work/up.out"; do
  kill -0 "$up" 2>/dev/null || fail "up ended: $(tail -n 20 "$work/up.err")"
  sleep 0.2
done

told() { sed -n "s/^$1=//p" "$DATA_DIR/addresses.properties"; }
export KAFKA_BOOTSTRAP_SERVERS=$(told KAFKA_BOOTSTRAP_SERVERS)
export RESULTS_URL=http://127.0.0.1:$(told RESULTS_PORT)
export CAPTCHAAI_URL=http://127.0.0.1:$(told SANDBOX_PORT)
export CAPTCHAAI_API_KEY=00000000000000000000000000000000
export PINGBACK=$(env -u KAFKA_BOOTSTRAP_SERVERS -u CAPTCHAAI_API_KEY -u CAPTCHAAI_URL ../captcha ticket)

behave() { curl -sS --fail-with-body -X PUT "$CAPTCHAAI_URL/sandbox/behaviour" -d "$1" >"$work/behaviour"; }
committed() {
  kcat -C -q -e -o beginning -b "$KAFKA_BOOTSTRAP_SERVERS" -X isolation.level=read_committed -t captcha-solved
  kcat -C -q -e -o beginning -b "$KAFKA_BOOTSTRAP_SERVERS" -X isolation.level=read_committed -t captcha-failed
}

# $1: the exit code to expect. $2: what is printed for people. $3: what is printed as JSON. The rest: the example.
try() {
  local exit=$1 people=$2 json=$3 code=0 said word
  shift 3
  said=$(timeout 150 "$@" 2>"$work/err") || code=$?
  [ "$code" -eq "$exit" ] || fail "$* ended with $code, not $exit: $said" "$(cat "$work/err")"
  grep -Eq "$people|$json" <<<"$said" || fail "$* said: $said"
  word=$(sed -E 's/^(solved|failed) //; s/.*"(solution|error)":"([^"]*)".*/\2/' <<<"$said")
  committed | grep -Fq "\"$word\"" || fail "$* said what is on no outcome topic: $said"
  echo "ok  $* -> $exit"
}

all() {
  try "$@" "$PYTHON" python/solve_confluent.py
  try "$@" "$PYTHON" python/solve_kafka_python.py
  try "$@" "$PYTHON" python/afternoon_move.py
  try "$@" node node/solve.js
  try "$@" curl/solve.sh
  try "$@" curl/afternoon_move.sh
}

curl/watch.sh >"$work/watched" 2>"$work/watch.err" &
watch=$!
behave '{"solve_ms":[100,300]}'
all 0 '^solved [^ ]{20,}$' '"status":"solved"'
behave '{"fail_rate":1}'
all 3 '^failed ERROR_CAPTCHA_UNSOLVABLE$' '"status":"failed".*"error":"ERROR_CAPTCHA_UNSOLVABLE"'

# A new group takes a while to join; what came before that is not for it.
for _ in $(seq 60); do
  behave '{"fail_rate":0}'
  curl/solve.sh >"$work/last"
  if grep -Fqf "$work/last" "$work/watched"; then break; fi
  kill -0 "$watch" 2>/dev/null || fail "watch.sh ended: $(cat "$work/watch.err")"
done
grep -q '"status":"solved"' "$work/watched" || fail "watch.sh saw nothing: $(cat "$work/watch.err")"
echo "ok  curl/watch.sh"
