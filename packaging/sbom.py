"""Writes the bill of materials of a program as SPDX 2.3: everything that is linked in, and the libraries of the system that it
loads. Usage: sbom.py PROGRAM VERSION > FILE"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

program, version = pathlib.Path(sys.argv[1]), sys.argv[2]
root = pathlib.Path(__file__).resolve().parent.parent


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def license_of(folder):
    """The license of a package, by the first words of its license file."""
    for file in sorted(folder.glob("LICEN[CS]E*")):
        text = " ".join(file.read_text(errors="replace").split())
        for words, name in [("Apache License Version 2.0", "Apache-2.0"), ("MIT License", "MIT"),
                            ("Permission is hereby granted, free of charge", "MIT")]:
            if words in text:
                return name
    return "NOASSERTION"


def package(name, version, location, declared, reference=None):
    entry = {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name), "name": name, "versionInfo": version,
        "downloadLocation": location, "filesAnalyzed": False, "licenseConcluded": "NOASSERTION",
        "licenseDeclared": declared, "copyrightText": "NOASSERTION"}
    if reference:
        entry["externalRefs"] = [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": reference}]
    return entry


def linked_in():
    for pin in json.loads((root / "Package.resolved").read_text())["pins"]:
        location, version = pin["location"], pin["state"]["version"]
        folder = root / ".build/checkouts" / location.rstrip("/").split("/")[-1].removesuffix(".git")
        path = location.removeprefix("https://").removesuffix(".git")
        yield package(pin["identity"], version, "git+" + location, license_of(folder), f"pkg:swift/{path}@{version}")
    swift = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    yield package("swift-runtime-and-foundation", swift, "https://www.swift.org", "Apache-2.0 WITH Swift-exception")
    yield package("icu-data", f"as in Swift {swift}", "https://www.swift.org", "Unicode-3.0")


def loaded():
    """The system's libraries, by their Debian packages."""
    paths = re.findall(r"=> (/\S+)", output("ldd", program))
    owners = set()
    for path in paths:
        for place in (path, str(pathlib.Path(path).resolve()), path.removeprefix("/usr")):
            found = subprocess.run(["dpkg", "-S", place], capture_output=True, text=True)
            if found.returncode == 0:
                owners.add(found.stdout.split(": ")[0].split(",")[0])
                break
    for owner in sorted(owners):
        name, version = output("dpkg-query", "-W", "-f", "${Package} ${Version}", owner).split()
        yield package("debian-" + name, version, "NOASSERTION", "NOASSERTION", f"pkg:deb/debian/{name}@{version}")


digest = hashlib.sha256(program.read_bytes()).hexdigest()
time = output("git", "-C", root, "show", "-s", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ").strip()
own = package("payout", version, "NOASSERTION", "Apache-2.0") | {
    "checksums": [{"algorithm": "SHA256", "checksumValue": digest}], "primaryPackagePurpose": "APPLICATION"}
static, dynamic = list(linked_in()), list(loaded())
relations = [("SPDXRef-DOCUMENT", "DESCRIBES", own["SPDXID"])]
relations += [(own["SPDXID"], "STATIC_LINK", entry["SPDXID"]) for entry in static]
relations += [(own["SPDXID"], "DYNAMIC_LINK", entry["SPDXID"]) for entry in dynamic]
json.dump({
    "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"payout-{version}",
    "documentNamespace": f"https://payout.example/spdx/payout-{version}-{digest[:16]}",
    "creationInfo": {"created": time, "creators": ["Tool: packaging/sbom.py"]},
    "packages": [own] + static + dynamic,
    "relationships": [
        {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations],
}, sys.stdout, indent=1, ensure_ascii=False)
print()
