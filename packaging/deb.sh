#!/bin/sh
# Packs a program as Debian packages, into output/deb. Usage: packaging/deb.sh PROGRAM
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "$1")

# A commit after the release sorts after the release, and before the next one.
version=$("$program" --version | cut -d' ' -f1)
if commit=$(git rev-parse --short=9 HEAD 2>/dev/null) && ! git describe --exact-match --match "v$version" >/dev/null 2>&1; then
    version="$version+git$(git show -s --format=%cd --date=format:%Y%m%d%H%M).$commit"
fi
date=$(git show -s --format=%cD 2>/dev/null || date -R)

folder=output/deb/build
rm -rf output/deb && mkdir -p $folder
cp -r packaging/debian $folder/debian
{
    echo "payout ($version) stable; urgency=medium"
    echo
    echo "  * See changelog.gz beside this file."
    echo
    echo " -- The payout maintainers <maintainers@payout.example>  $date"
} > $folder/debian/changelog

# Two packages of one commit are identical: every file in them has the time of the commit.
SOURCE_DATE_EPOCH=$(date -d "$date" +%s)
export SOURCE_DATE_EPOCH
export PAYOUT_SOURCE="$PWD" PROGRAM="$program"
(cd $folder && fakeroot debian/rules binary) > output/deb/log.txt 2>&1 || { tail -30 output/deb/log.txt >&2; exit 1; }
rm -rf $folder
lintian --allow-root --fail-on error,warning output/deb/payout_*.deb
ls -l output/deb/*.deb
