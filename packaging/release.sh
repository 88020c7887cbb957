#!/bin/sh
# Writes a release to output/release: the packages of output/deb, a tarball, a bill of materials and checksums.
# Usage: packaging/release.sh PROGRAM
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "$1")
version=$("$program" --version | cut -d' ' -f1)
time=$(git show -s --format=%ct)
name=payout-$version-linux-$(dpkg --print-architecture)
out=output/release
rm -rf $out && mkdir -p "$out/$name"

make -s install-files PROGRAM="$program" PREFIX="" DESTDIR="$PWD/$out/$name"
strip "$out/$name/bin/payout"
mkdir -p "$out/$name/share/payout"
cp -r docs/systemd docs/sudo docs/alerts.yml samples/payroll.csv "$out/$name/share/payout/"
cp README.md LICENSE CHANGELOG.md docs/install.md "$out/$name/"
python3 packaging/sbom.py "$program" "$version" > "$out/$name.spdx.json"
cp output/deb/payout_*.deb output/deb/payout-dbgsym_*.deb $out/

# The same files give the same bytes: names in order, the time of the commit, no owner.
tar -C $out --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw -cf - "$name" \
    | gzip -9n > "$out/$name.tar.gz"
rm -r "${out:?}/$name"
(cd $out && sha256sum -- * > ../SHA256SUMS && mv ../SHA256SUMS .)
ls -l $out
