#!/bin/bash
# Installs the package of output/deb in a fresh Debian 12, sets up a trial, pays the sample at the desk, upgrades, removes
# and purges. Usage: packaging/deb-test.sh [EARLIER.deb]. Needs root, for chroot.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$(ls output/deb/payout_*.deb)
earlier=${1:-$package}
suite=bookworm
# By default the place that this machine takes its own packages from.
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n1)}
base=output/debian-$suite.tar
root=$(mktemp -d)
desk=

step() { echo "== $*"; }
fail() { echo "deb-test: $*" >&2; exit 1; }
# Its own process and mount namespace: whatever the test starts there ends with it.
in_root() { unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
finish() {
    [ -z "$desk" ] || { kill "$desk" 2>/dev/null || true; wait "$desk" 2>/dev/null || true; }
    rm -rf "$root"
}
trap finish EXIT
same() { [ "$1" = "$2" ] || fail "$3: “$1”, not “$2”"; }

step "a fresh Debian 12"
if [ ! -e "$base" ]; then
    debootstrap --variant=minbase "$suite" "$root" "$mirror" > output/deb/debootstrap.log
    tar -C "$root" -cf "$base" .
else
    tar -C "$root" -xf "$base"
fi
cp "$package" "$earlier" samples/payroll.csv "$root/root/"
in_root apt-get update -qq

step "install"
begin=$(date +%s)
in_root apt-get install -y -qq --no-install-recommends "/root/$(basename "$earlier")" > output/deb/install.log 2>&1 || { tail output/deb/install.log; fail "apt-get install"; }
same "$(in_root stat -c '%U:%G %a' /etc/payout)" "root:payout 750" "/etc/payout"
same "$(in_root stat -c '%U:%G %a' /etc/payout/payout.yaml)" "root:payout 640" "payout.yaml"
for folder in /var/lib/payout /var/lib/payout-key; do
    same "$(in_root stat -c '%U:%G %a' $folder)" "payout:payout 700" "$folder"
done
same "$(in_root stat -c '%U:%G %a' /srv/payout/inbox)" "payout:payout-inbox 3770" "the inbox"
in_root payout --version
in_root test -s /usr/share/man/man1/payout.1.gz || fail "there is no manual page"
in_root grep -q "^payout-inbox:.*payout" /etc/group || fail "payout cannot read the inbox"

step "payout setup --sandbox, with answers from a file"
cat > "$root/root/answers" <<'ANSWERS'
en
false
-
dilnoza maker
a long password
ANSWERS
echo >> "$root/root/answers"
in_root sh -c 'payout setup --sandbox < /root/answers' > output/deb/setup.log 2>&1 || { cat output/deb/setup.log; fail "payout setup"; }
grep -q "http://127.0.0.1:8700/" output/deb/setup.log || fail "setup prints no address"
in_root payout config show | grep "requireApproval: false (/etc/payout/payout.yaml, line"

step "the desk pays the sample"
port=$((20000 + RANDOM % 20000))
serve() {
    unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" chroot "$root" runuser -u payout -- \
        env -i HOME=/var/lib/payout PATH=/usr/bin:/bin PAYOUT_DESK_PORT=$port payout desk --sandbox > output/deb/desk.log 2>&1 &
    desk=$!
    for _ in $(seq 300); do
        curl -fsS -o /dev/null "http://127.0.0.1:$port/sign-in" 2>/dev/null && return
        sleep 0.1
    done
    cat output/deb/desk.log; fail "the desk does not answer"
}
serve
python3 packaging/desk_trial.py "http://127.0.0.1:$port" dilnoza "a long password" samples/payroll.csv
echo "from apt-get install to the paid sample: $(($(date +%s) - begin)) s"
before=$(in_root runuser -u payout -- env -i HOME=/var/lib/payout payout status payroll --sandbox --json)

step "upgrade"
kill "$desk"; wait "$desk" 2>/dev/null || true; desk=
in_root apt-get install -y -qq --no-install-recommends --reinstall "/root/$(basename "$package")" > output/deb/upgrade.log 2>&1 || { tail output/deb/upgrade.log; fail "the upgrade"; }
in_root grep -q "requireApproval: false" /etc/payout/payout.yaml || fail "the upgrade lost a setting"
same "$(in_root stat -c '%U:%G %a' /etc/payout/payout.yaml)" "root:payout 640" "payout.yaml after the upgrade"
after=$(in_root runuser -u payout -- env -i HOME=/var/lib/payout payout status payroll --sandbox --json)
same "$after" "$before" "the batch after the upgrade"

step "remove"
in_root apt-get remove -y -qq payout > /dev/null 2>&1
in_root test ! -e /usr/bin/payout || fail "the program is still there"
in_root test -s /etc/payout/payout.yaml || fail "the settings are gone"
in_root test -s /var/lib/payout/payouts.sandbox.sqlite || fail "the ledger is gone"

step "purge"
in_root apt-get purge -y -qq payout > output/deb/purge.log 2>&1
in_root test ! -e /etc/payout || fail "the settings are still there"
in_root test -s /var/lib/payout/payouts.sandbox.sqlite || fail "purge deleted the ledger"
in_root test -s /var/lib/payout-key/ledger.key || fail "purge deleted the key"
grep -q "were kept" output/deb/purge.log || fail "purge does not say what it kept"

step "install again: the ledger is as before"
in_root apt-get install -y -qq --no-install-recommends "/root/$(basename "$package")" > /dev/null 2>&1
after=$(in_root runuser -u payout -- env -i HOME=/var/lib/payout payout status payroll --sandbox --json)
same "$after" "$before" "the batch after purge and installation"
echo "deb-test: all passed"
