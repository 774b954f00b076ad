# Throwaway PostgreSQL clusters on free loopback ports, in the scratch folder. Sourced by tests/run.
# shellcheck shell=bash

declare -A POSTGRES_URLS=()
POSTGRES_FOLDERS=()

# Server programs refuse to run as root: become their user there.
as_postgres() { if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

# postgres_start NAME [SETTING=VALUE …]: starts the cluster NAME unless it runs; sets POSTGRES_URL
# to its maintenance database. The user may do everything there. With POSTGRES_PASSWORD set the
# cluster asks for that password.
postgres_start() {
    local name=$1 folder=$SCRATCH/postgres-$1 port options setting
    shift
    need_postgres || return
    if [[ ${POSTGRES_URLS[$name]:-} ]]; then POSTGRES_URL=${POSTGRES_URLS[$name]}; return; fi
    mkdir -p "$folder"
    if ((EUID == 0)); then chown postgres "$folder"; fi
    local ask=(-A trust)
    if [[ ${POSTGRES_PASSWORD:-} ]]; then
        printf '%s' "$POSTGRES_PASSWORD" >"$folder/password"
        chmod 644 "$folder/password"
        ask=(-A scram-sha-256 "--pwfile=$folder/password")
    fi
    as_postgres "$POSTGRES_BIN/initdb" -D "$folder/data" -U trygg "${ask[@]}" -E UTF8 --locale=C.UTF-8 --no-sync >"$folder.initdb.log" 2>&1 ||
        { cat "$folder.initdb.log"; return 1; }
    port=$(free_port) || return
    # What the service asks of a server that keeps answers: no values in its log.
    options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c max_connections=200"
    options+=" -c log_statement=none -c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0"
    options+=" -c track_commit_timestamp=off"
    for setting in "$@"; do options+=" -c $setting"; done
    as_postgres "$POSTGRES_BIN/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" -o "$options" start >/dev/null ||
        { as_postgres cat "$folder/server.log"; return 1; }
    POSTGRES_FOLDERS+=("$folder")
    POSTGRES_URL=postgres://trygg@127.0.0.1:$port/postgres
    POSTGRES_URLS[$name]=$POSTGRES_URL
}

postgres_stop_all() {
    local folder
    for folder in "${POSTGRES_FOLDERS[@]}"; do
        as_postgres "$POSTGRES_BIN/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    done
}
