"""A second bank, written from the bank's document independently of the sandbox. It uses the freedom of the document.

It sends numbers as strings, the id as bmlId, `data` as text, and unknown fields. Tokens live for two seconds.
The argument is the port, 0 for any free one. It prints its address; GET /seen shows what it received.
"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

lock = threading.Lock()
tokens, payments, seen = {}, {}, {"logins": 0, "refreshes": 0, "open": 0, "mostOpen": 0, "refused": 0}


def grant():
    token = f"token-{len(tokens)}-{time.monotonic_ns()}"
    tokens[token] = time.monotonic() + 2
    return {"statusCode": "0", "statusMessage": "OK", "extra": [], "result": {
        "access_token": token, "token_type": "bearer", "refresh_token": "refresh-" + token, "expires_in": "2",
        "scope": "openid", "jti": None}}


class Bank(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body):
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def error(self, status, detail):
        self.answer(status, {"langs": {"uz": detail, "en": detail, "ru": detail}, "status": str(status),
                             "detail": detail, "title": detail})

    def do_GET(self):
        with lock:
            self.answer(200, dict(seen, payments=[
                {"id": int(k), "times": v["times"], "amount": v["amount"]} for k, v in payments.items()]))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/ext/user/login":
            with lock:
                seen["logins"] += 1
                if body != {"username": "company", "password": "p@ss word"}:
                    return self.error(401, "bad_credentials")
                return self.answer(200, grant())
        if self.path == "/api/ext/user/refresh-token":
            with lock:
                seen["refreshes"] += 1
                return self.answer(200, grant())
        with lock:
            if tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "), 0) < time.monotonic():
                seen["refused"] += 1
                return self.error(401, "bad_credentials")
        if self.path == "/services/bmms/api/ext/agent/pay":
            return self.pay(body)
        if self.path == "/services/bmms/api/agent/status":
            with lock:
                known = payments.get(str(body["agentTranId"]))
            if not known:
                return self.error(404, "object_not_found")
            return self.answer(200, {"id": known["bm"], "amount": str(known["amount"]), "success": "true", "status": "SUCCESS"})
        self.error(404, "not_found")

    def pay(self, body):
        assert set(body) == {"agentTranId", "from", "to", "amount"}, body.keys()
        assert type(body["agentTranId"]) is int and type(body["amount"]) is int
        source, target = body["from"], body["to"]
        assert source["type"] == "ACCOUNT" and target["type"] == "PAN" and source["currency"] == target["currency"] == 860
        assert set(source["params"]) == {"account", "mfo", "name"} and set(target["params"]) == {"pan", "exp"}
        with lock:
            seen["open"] += 1
            seen["mostOpen"] = max(seen["mostOpen"], seen["open"])
        time.sleep(0.005)
        with lock:
            seen["open"] -= 1
            payment = payments.setdefault(str(body["agentTranId"]), {
                "times": 0, "amount": body["amount"], "bm": 900000 + len(payments)})
            payment["times"] += 1
        self.answer(200, {
            "amount": str(body["amount"]), "currency": "860", "agentTranId": str(body["agentTranId"]), "authorized": False,
            "promo": None, "success": True, "statusCode": "0", "statusMessage": "SUCCESS", "unheardOf": {"x": 1},
            "sender": {"name": json.dumps(source["params"]), "amount": body["amount"], "commissionAmount": "12",
                       "commission": "0.25", "currency": 860, "data": "{\"EXT_ID\":\"S%d\"}" % payment["bm"]},
            "recipient": {"name": json.dumps(target["params"]), "amount": body["amount"], "commissionAmount": 0,
                          "commission": 0.0, "currency": 860, "data": {"EXT_ID": "R%d" % payment["bm"]}},
            "bmlId": str(payment["bm"])})


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


server = Server(("127.0.0.1", int(sys.argv[1])), Bank)
print(f"http://127.0.0.1:{server.server_address[1]} ", flush=True)
server.serve_forever()
