"""What a hub sends goes to: a mail server and a webhook that keep what they get."""
import base64
import http.server
import os
import socketserver
import ssl
import subprocess
import threading


class Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs; keeps what it was given. By TLS with a `context`: at once
    (`way` "tls") or after STARTTLS. A login is asked for where `login` is one."""
    got, refuse, way, context, login = [], False, "none", None, None

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def secure(self):
        self.connection = self.request = self.context.wrap_socket(self.request, server_side=True)
        self.setup()

    def greet(self, tls):
        offers = ["STARTTLS"] if self.way == "starttls" and not tls else []
        offers += ["AUTH PLAIN"] if self.login and (tls or self.way == "none") else []
        for offer in offers:
            self.say("250-" + offer)
        self.say("250 8BITMIME")

    def keep(self, mail):
        self.say("354 go on")
        data = []
        while (piece := self.rfile.readline()) not in (b"", b".\r\n"):
            data.append(piece)
        self.got.append(dict(mail, text=b"".join(data)))
        self.say("250 2.0.0 kept")

    def handle(self):
        tls, mail = self.way == "tls", {}
        try:
            if tls:
                self.secure()
            self.say("220 sink.test")
            while line := self.rfile.readline():
                word = line.decode(errors="replace").strip()
                upper = word.upper()
                if upper.startswith("EHLO"):
                    self.greet(tls)
                elif upper == "STARTTLS" and self.way == "starttls":
                    self.say("220 go on")
                    self.secure()
                    tls = True
                elif upper == "AUTH PLAIN":
                    self.say("334 ")
                    told = base64.b64decode(self.rfile.readline()).decode()
                    mail["login"] = tuple(told.split("\0")[1:])
                    self.say("235 ok" if mail["login"] == self.login else "535 no")
                elif upper.startswith("RCPT"):
                    mail["to"] = word.split("<")[1].split(">")[0]
                    self.say("451 later" if self.refuse else "250 ok")
                elif upper == "DATA":
                    self.keep(mail)
                elif upper == "QUIT":
                    return self.say("221 bye")
                else:
                    self.say("250 ok")
        except (ssl.SSLError, OSError):
            pass  # a client that does not trust us goes


class Hook(http.server.BaseHTTPRequestHandler):
    got = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.got.append((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True


def listen(handler):
    """On a port of its own, which is returned; ends with the program."""
    server = Threads(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def certified(folder, name, names="IP:127.0.0.1,DNS:localhost"):
    """A server's TLS with a certificate that signs itself, and that certificate (PEM)."""
    key, pem = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", pem, "-days",
                    "30", "-subj", "/CN=" + name, "-addext", "subjectAltName=" + names],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    with open(pem, encoding="utf-8") as opened:
        return context, opened.read()
