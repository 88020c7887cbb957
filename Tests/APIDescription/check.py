"""Checks docs/openapi.yaml: the document, its examples, and the sandbox against it (`make api-check`).

PAYOUT_TEST_SEED chooses the run; without it, it is always the same.
"""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

import jsonschema
import openapi_spec_validator
import yaml

from walks import walk

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DESCRIPTION = ROOT / "docs" / "openapi.yaml"
# The user who may do everything: that others may not is tested elsewhere.
CREDENTIALS = {"username": "supervisor", "password": "c4ncel-Pa$$"}


def resolved(node, document):
    """The node with its references followed, as far as examples need it."""
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def examples(node, document, path="#"):
    """Every example of a media type, with its schema and where it stands."""
    if isinstance(node, dict):
        if "schema" in node and ("example" in node or "examples" in node):
            if "example" in node:
                yield path, node["schema"], node["example"]
            for name, example in node.get("examples", {}).items():
                yield f"{path}/{name}", node["schema"], resolved(example, document)["value"]
        for key, value in node.items():
            yield from examples(value, document, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from examples(value, document, f"{path}/{index}")


def check_document():
    document = yaml.safe_load(DESCRIPTION.read_text())
    openapi_spec_validator.validate(document)
    count = 0
    for path, schema, example in examples(document, document):
        rooted = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": document["components"]}
        jsonschema.Draft202012Validator(rooted | {"allOf": [schema]}).validate(example)
        count += 1
    print(f"docs/openapi.yaml is valid, and so are its {count} examples", flush=True)


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def check_sandbox(address, seed):
    if unreached := walk(DESCRIPTION, address, CREDENTIALS, seed):
        sys.exit(f"no walk succeeded with {', '.join(sorted(unreached))}")
    print(f"random walks with seed {seed}: every method succeeded, and every answer is as described", flush=True)
    grant = call(f"{address}/api/ext/user/login", CREDENTIALS)
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "PAYOUT_SANDBOX": address,
    }
    program = str(pathlib.Path(sys.executable).with_name("schemathesis"))
    return subprocess.run(
        [program, "--config-file", str(HERE / "schemathesis.toml"), "run", str(DESCRIPTION), "--url", address]
        + ["--header", f"Authorization: Bearer {grant['result']['access_token']}", "--seed", str(seed)],
        env=environment, cwd=ROOT / ".build",
    ).returncode


def main():
    seed = int(os.environ.get("PAYOUT_TEST_SEED", "1"))
    print(f"seed {seed}; PAYOUT_TEST_SEED chooses another", flush=True)
    check_document()
    program = [str(ROOT / ".build" / "debug" / "payout"), "sandbox", "--port", "0", "--seed", str(seed)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as sandbox:
        try:
            first = sandbox.stdout.readline()
            address = next((word.rstrip(",") for word in first.split() if word.startswith("http://")), None)
            if address is None:
                sys.exit("the sandbox did not start")
            if check_sandbox(address, seed):
                sys.exit(f"the sandbox and docs/openapi.yaml disagree; PAYOUT_TEST_SEED={seed} repeats the run")
        finally:
            sandbox.terminate()


main()
