"""What a hub sends goes to: a mail server and a webhook that keep what they get."""
import http.server
import socketserver
import threading


class Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs; keeps what it was given."""
    got, refuse = [], False

    def handle(self):
        def say(text):
            self.wfile.write(text.encode() + b"\r\n")
        say("220 sink.test")
        mail, data = {}, []
        for line in self.rfile:
            word = line.decode().strip()
            upper = word.upper()
            if upper.startswith("EHLO"):
                say("250 sink.test")
            elif upper.startswith("RCPT"):
                mail["to"] = word.split("<")[1].split(">")[0]
                say("451 later" if Mail.refuse else "250 ok")
            elif upper == "DATA":
                say("354 go on")
                for piece in self.rfile:
                    if piece == b".\r\n":
                        break
                    data.append(piece)
                mail["text"] = b"".join(data)
                Mail.got.append(mail)
                say("250 2.0.0 kept")
            elif upper == "QUIT":
                return say("221 bye")
            else:
                say("250 ok")


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
