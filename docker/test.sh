#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Builds the image and uses it, without a registry: the base comes from Debian's archive. As root, with podman, runc,
# mmdebstrap, swaks and smtp-sink (package postfix); "mvn -B package" has made the archive. Leaves nothing behind.
#
# AMR_TEST_BASE  a tar file of the base: used when it is there, made when not; for trying again without Debian's archive
set -Eeuo pipefail
cd "$(dirname "$0")/.."
run=amr-test-$$
image=localhost/$run
ulimits=(--ulimit nofile=10000:10000 --ulimit nproc=5000:5000)
work=$(mktemp -d)
base=${AMR_TEST_BASE:-$work/base.tar}
port=$((20000 + $$ % 10000))
sink=

podman() { command podman --runtime runc "$@"; }
step() { echo "docker: $SECONDS s: $*"; }
fail() {
    echo "docker: FAILED: $*" >&2
    podman logs "$run" >&2 || :
    exit 1
}
# shellcheck disable=SC2317 # called by the trap
tidy() {
    [ -z "$sink" ] || kill "$sink" || :
    podman rm -f -v -t 1 "$run" >/dev/null 2>&1 || :
    podman volume rm -f "$run" "$run-other" >/dev/null 2>&1 || :
    podman rmi -f "$image" "$image-base" >/dev/null 2>&1 || :
    rm -rf "$work"
}
trap tidy EXIT
trap 'echo "docker: FAILED in line ${BASH_LINENO[*]} $LINENO: $BASH_COMMAND" >&2' ERR

# What every container here runs with: read-only, no capability, and the low ports free for a plain user
options=("${ulimits[@]}" --read-only --read-only-tmpfs=false --cap-drop all --security-opt no-new-privileges
    --sysctl net.ipv4.ip_unprivileged_port_start=0)
start() { # start: the relay on its volume
    # podman wants a timer of systemd for the health check; without systemd it says so, and the test asks itself
    podman run -d --name "$run" "${options[@]}" --health-interval=disable -v "$run:/var/lib/amr" -v "$work/secret:/run/secrets/account:ro" \
        -e AMR_HOSTNAME=relay.example -e AMR_RELAY_DOMAINS=here.example -e AMR_ACCOUNT=you@here.example \
        -e AMR_ACCOUNT_PASSWORD_FILE=/run/secrets/account -e AMR_DELIVERY_GATEWAY="$1" -e AMR_CLAMAV= "$image" >/dev/null 2>"$work/podman" \
        || { cat "$work/podman" >&2; fail "podman run"; }
}
until_well() {
    for _ in $(seq 120); do
        podman healthcheck run "$run" >/dev/null 2>&1 && return
        [ "$(podman inspect -f '{{.State.Running}}' "$run")" = true ] || fail "the relay ended"
        sleep 1
    done
    fail "the relay was not well within 120 tries"
}
until_waiting() { # until_waiting NUMBER: nothing to process, so many to deliver
    for _ in $(seq 60); do
        podman exec "$run" amr status | grep " 0 to process, $1 to deliver" >/dev/null && return
        sleep 1
    done
    fail "not $1 wait: $(podman exec "$run" amr status; podman exec "$run" amr queue list)"
}
refuses() { # refuses WORDS OPTION...: a start with these options says one line with these words and ends with 2
    local words=$1 said code=0
    shift
    said=$(podman run --rm --no-healthcheck "${options[@]}" -e AMR_HOSTNAME=relay.example "$@" "$image" 2>&1) || code=$?
    [ $code = 2 ] || fail "exit $code instead of 2 for $*: $said"
    [ "$(wc -l <<<"$said")" = 1 ] && grep -q "$words" <<<"$said" || fail "no single line with '$words' for $*: $said"
}

[ -s "$base" ] || {
    step "makes the base"
    mmdebstrap --quiet --variant=minbase --include=ca-certificates,openjdk-17-jre-headless bookworm "$base"
}
podman import -q "$base" "$image-base" >/dev/null
step "builds"
podman build -q --format docker "${ulimits[@]}" --build-arg "BUILD_BASE=$image-base" --build-arg "RUNTIME_BASE=$image-base" \
    -t "$image" -f docker/Dockerfile . >/dev/null
[ "$(podman inspect -f '{{.Config.User}}' "$image")" = 10025:10025 ] || fail "the user of the image"
podman inspect -f '{{.Config.Labels}}' "$image" | grep >/dev/null 'licenses:Apache-2.0' || fail "the labels of the image"
step "image of $(podman inspect -f '{{.Size}}' "$image") octets, of which ours are $(($(podman inspect -f '{{.Size}}' "$image") - $(podman inspect -f '{{.Size}}' "$image-base")))"

step "refuses wrong values"
printf 'secret of the test\n' >"$work/secret"
chmod 644 "$work/secret"
: >"$work/empty"
install -m 600 "$work/secret" "$work/closed"
account=(-e AMR_ACCOUNT=you@here.example -e AMR_ACCOUNT_PASSWORD_FILE=/run/secret)
refuses "AMR_HOSTNAME" -e "AMR_HOSTNAME=not a name"
refuses "AMR_DELIVERY_GATEWAY" -e AMR_DELIVERY_GATEWAY=host:port
refuses "AMR_ACCOUNT_PASSWORD_FILE is not" -e AMR_ACCOUNT=you@here.example
refuses "cannot read" "${account[@]}"
refuses "cannot read" "${account[@]}" -v "$work/closed:/run/secret:ro"
refuses "first line is empty" "${account[@]}" -v "$work/empty:/run/secret:ro"
refuses "not an address" "${account[@]}" -v "$work/secret:/run/secret:ro" -e AMR_ACCOUNT=you
refuses "AMR_HOSTNAME" "${account[@]}" -v "$work/secret:/run/secret:ro" -e "AMR_HOSTNAME=not a name"
mkdir -m 755 "$work/foreign"
refuses "cannot write to /var/lib/amr; the volume belongs to user 0" -v "$work/foreign:/var/lib/amr"

step "takes mail"
gateway=$(podman network inspect podman -f '{{range .Subnets}}{{.Gateway}}{{end}}' | head -n 1)
start "$gateway:$port"
until_well
address=$(podman inspect -f '{{.NetworkSettings.IPAddress}}' "$run")
send() { # send RECIPIENT OPTION...
    swaks --silent 2 --to "$1" --from you@here.example --auth PLAIN --auth-user you@here.example --auth-password 'secret of the test' "${@:2}"
}
for n in 1 2 3; do
    send "friend$n@there.example" --server "$address:587" --tls
    send "friend$n@there.example" --server "$address:465" --tls-on-connect
done
! send refused@there.example --server "$address:587" --tls --auth-password wrong >/dev/null 2>&1 || fail "a wrong password was taken"
swaks --silent 2 --server "$address:25" --to you@here.example --from other@there.example || fail "mail for AMR_RELAY_DOMAINS"
! swaks --silent 3 --server "$address:25" --to you@elsewhere.example --from other@there.example || fail "an open relay"
[ "$(podman exec "$run" id -u)" = 10025 ] || fail "it does not run as 10025"
[ "$(podman exec "$run" cat /proc/1/comm)" = java ] || fail "the relay is not the first process"
! podman exec "$run" touch /opt/amr/lib/new /tmp/new 2>/dev/null || fail "the root file system can be written"
# Not one place of the disk can be written but the volume; the others are in memory and made by the engine
written=$(podman exec "$run" cat /proc/1/mounts | awk '$4 ~ /^rw/ && $3 !~ /^(proc|sysfs|tmpfs|devpts|mqueue|cgroup2?)$/ { print $2 }' | grep -v '^/etc/\|^/run/.containerenv')
[ "$written" = /var/lib/amr ] || fail "these can be written: $written"

step "is killed, and starts again on its volume"
podman kill -s KILL "$run" >/dev/null
podman wait "$run" >/dev/null
! podman healthcheck run "$run" >/dev/null 2>&1 || fail "well, though killed"
podman rm -f "$run" >/dev/null 2>&1 || : # says that there is no systemd
! podman container exists "$run" || fail "the first container is still there"
start "$gateway:$port"
until_well
podman exec "$run" amr account list | grep >/dev/null you@here.example || fail "the account is gone"
until_waiting 7
install -d -o nobody "$work/mails"
chmod 711 "$work"
smtp-sink -u nobody -R "$work/mails" -d mail. "$gateway:$port" 100 >"$work/sink" 2>&1 &
sink=$!
podman exec "$run" amr queue retry --all --yes >/dev/null
until_waiting 0
[ "$(grep -l '^Subject: test' "$work"/mails/mail.* | wc -l)" = 7 ] || fail "$(ls "$work/mails" | wc -l) mails arrived, not 7"
podman exec "$run" amr audit >"$work/audit" || fail "the ledger does not add up"

step "drains when it is stopped"
podman stop -t 60 "$run" >/dev/null 2>&1 || : # says that there is no systemd
# Java ends so after SIGTERM; 137 would be a kill after the minute
code=$(podman inspect -f '{{.State.ExitCode}}' "$run")
[ "$code" = 143 ] || fail "exit $code after stop"
echo "docker: passed in $SECONDS s"
