"""A desk on another address than loopback requires TLS."""

import socket
import ssl
import subprocess

import pytest

from desk import files


def make_certificate(folder, *algorithm):
    """Makes a self-signed certificate, valid for one day."""
    key, chain = folder / "desk.key", folder / "desk.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *algorithm, "-nodes", "-days", "1",
         "-keyout", key, "-out", chain, "-subj", "/CN=desk", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True)
    return {"PAYOUT_DESK_TLS_CERTIFICATE": str(chain), "PAYOUT_DESK_TLS_KEY": str(key)}


@pytest.fixture
def certificate(tmp_path):
    return make_certificate(tmp_path, "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def test_the_job_is_done_over_tls_and_the_session_never_travels_without_it(
        open_house, let_in, certificate, tmp_path):
    house = open_house(**certificate)
    assert house.url.startswith("https://127.0.0.1:")
    person = let_in(house, ignore_https_errors=True)
    person.choose(files.payable(tmp_path / "bonus.csv", 2)).store()
    (cookie,) = [cookie for cookie in person.context.cookies() if cookie["name"] == "__Host-payout"]
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    assert "max-age" in person.page.goto("/").headers["strict-transport-security"]


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_an_old_version_of_tls_is_refused(open_house, certificate, version):
    house = open_house(**certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = version
    with socket.create_connection(("127.0.0.1", house.port)) as connection, pytest.raises(ssl.SSLError, match="version"):
        context.wrap_socket(connection)


@pytest.mark.parametrize("suite, is_served", [
    ("ECDHE-RSA-AES128-GCM-SHA256", True), ("AES128-GCM-SHA256", False), ("ECDHE-RSA-AES128-SHA", False)])
def test_a_recorded_connection_stays_secret_from_a_thief_of_the_key(open_house, tmp_path, suite, is_served):
    house = open_house(**make_certificate(tmp_path, "rsa:2048"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{suite}:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", house.port)) as connection:
        if is_served:
            assert context.wrap_socket(connection).cipher()[0] == suite
        else:
            with pytest.raises(ssl.SSLError, match="handshake"):
                context.wrap_socket(connection)


@pytest.mark.parametrize("given", [[], ["PAYOUT_DESK_TLS_CERTIFICATE"], ["PAYOUT_DESK_TLS_KEY"]])
def test_another_address_is_not_served_without_a_certificate_and_its_key(house, certificate, given):
    settings = house.environment | {name: certificate[name] for name in given}
    refused = subprocess.run(
        [house.desk.process.args[0], "desk", "--host", "0.0.0.0", "--port", "0"], env=settings, cwd=house.folder,
        capture_output=True, text=True, timeout=60)
    assert refused.returncode == 78
    assert "PAYOUT_DESK_TLS_CERTIFICATE and PAYOUT_DESK_TLS_KEY" in refused.stderr
