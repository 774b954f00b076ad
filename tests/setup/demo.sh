# The release binary's demo on a free loopback port. Sourced by tests/run.
# shellcheck shell=bash

DEMO_PID=

# Starts the demo in a fresh folder. Sets DEMO_URL and DEMO_DATA; returns when it answers.
demo_start() {
    local port
    port=$(free_port) || return
    DEMO_DATA=$SCRATCH/demo
    DEMO_URL=http://127.0.0.1:$port
    env -u DATABASE_URL "$TRYGG" demo --port "$port" --data "$DEMO_DATA" >"$LOGS/demo.out" 2>&1 </dev/null &
    DEMO_PID=$!
    local _
    for _ in $(seq 1 1800); do
        if ! kill -0 "$DEMO_PID" 2>/dev/null; then cat "$LOGS/demo.out"; echo "the demo ended"; return 1; fi
        python3 - "$DEMO_URL/healthz" 2>/dev/null <<'PY' && return
import sys, urllib.request
urllib.request.urlopen(sys.argv[1], timeout=2).read()
PY
        sleep 0.2
    done
    cat "$LOGS/demo.out"
    echo "the demo did not answer within 360 s"
    return 1
}

demo_stop() {
    [[ $DEMO_PID ]] || return 0
    kill "$DEMO_PID" 2>/dev/null || true
    wait "$DEMO_PID" 2>/dev/null || true
    DEMO_PID=
}
