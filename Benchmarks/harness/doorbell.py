"""A bank that only notes when the first payout arrives at it. It lets everybody in, and answers no payout."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = {
    "statusCode": 0, "statusMessage": "OK",
    "result": {"access_token": "doorbell", "refresh_token": "doorbell", "token_type": "bearer", "expires_in": 86398},
}


class Doorbell:
    """Listens while the `with` block lasts."""

    def __enter__(self) -> "Doorbell":
        bell = self
        self.rang_at = 0.0
        self._rang = threading.Event()
        self._over = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                if self.path.endswith("/agent/pay"):
                    if not bell._rang.is_set():
                        bell.rang_at = time.monotonic()
                        bell._rang.set()
                    bell._over.wait()
                    self.close_connection = True
                    return
                self.rfile.read(int(self.headers["Content-Length"]))
                body = json.dumps(TOKEN).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def wait(self, seconds: float) -> bool:
        """Whether it rang in time."""
        return self._rang.wait(seconds)
