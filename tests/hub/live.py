"""A running hub and its cases, for the tests of this folder over the API."""
import atexit
import json
import os
import re
import subprocess
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
samples = os.path.join(top, "samples")


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """Somebody with a browser; a stranger until he entered."""

    def __init__(self, origin):
        self.origin, self.cookie, self.token = origin, "", ""

    def call(self, method, path, body=None, headers=None, raw=False):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        elif raw:
            headers["Content-Type"] = "application/octet-stream"
        if self.cookie:
            headers["Cookie"] = self.cookie
        if self.token:
            headers["X-Khien-Token"] = self.token
        request = urllib.request.Request(self.origin + "/api/v1" + path, body, headers,
                                         method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                out = Answer(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            out = Answer(error.code, error.read(), error.headers)
        cookie = out.headers.get("Set-Cookie", "")
        if cookie.startswith("khien="):
            self.cookie = cookie.split(";")[0]
        return out

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, body)

    def change(self, method, path, etag_of, body=None):
        tag = self.get(etag_of).headers["ETag"]
        return self.call(method, path, body, {"If-Match": tag})

    def upload(self, path, name, bytes_):
        mark = "&" if "?" in path else "?"
        return self.call("POST", path + mark + "name=" + urllib.parse.quote(name), bytes_,
                         raw=True)

    def send(self, path, file):
        with open(os.path.join(samples, file), "rb") as opened:
            return self.upload(path, os.path.basename(file), opened.read())

    def wait(self, job):
        for _ in range(3000):
            now = self.get("/jobs/" + job["id"]).json
            if now["state"] not in ("queued", "running"):
                return now
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def enter(self, login, password):
        """By a first password, which is changed at once."""
        self.token = self.post("/session", {"login": login, "password": password}).json["csrf"]
        new = "Hoa-sen-Tim7"
        self.call("PUT", "/session/password", {"old": password, "new": new})
        return self


def environment(work):
    return dict(os.environ, KHIEN_STATE=os.path.join(work, "state"), HOME=work,
                TZ="Asia/Ho_Chi_Minh", LC_ALL="C.UTF-8")


class Hub(Client):
    """The server, and its administrator."""

    def __init__(self, khien, work, data):
        self.log = open(os.path.join(work, "serve.log"), "w+")
        self.server = subprocess.Popen(
            [khien, "serve", "--data", data, "--listen", "127.0.0.1:0"], env=environment(work),
            stdout=self.log, stderr=subprocess.STDOUT)
        atexit.register(self.server.kill)
        for _ in range(600):
            text = open(self.log.name).read()
            link = re.search(r"link=([0-9a-f]+)", text)
            if link:
                break
            if self.server.poll() is not None:
                raise AssertionError("the server did not start: " + text)
            time.sleep(0.02)
        super().__init__(re.search(r"http://[^\s/]+", text).group(0))
        self.token = self.post("/session/link", {"token": link.group(1)}).json["csrf"]

    def healthz(self):
        try:
            with urllib.request.urlopen(self.origin + "/healthz", timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def stop(self):
        self.server.terminate()
        return self.server.wait(60)

    def kill(self):
        self.server.kill()
        self.server.wait(60)


class Case:
    failures = 0

    def __init__(self, suite, name):
        self.name, self.problems = f"{suite}.{name}", []

    def __enter__(self):
        self.begun = time.time()
        print(f"[ RUN      ] {self.name}", flush=True)
        return self

    def equal(self, got, wanted, what=""):
        if got != wanted:
            self.problems.append(f"{what}: {got!r}, expected {wanted!r}")

    def true(self, value, what):
        if not value:
            self.problems.append(what)

    def __exit__(self, kind, error, trace):
        if error is not None:
            own = [f for f in traceback.extract_tb(trace) if "/tests/hub/" in f.filename]
            lines = ", ".join(str(f.lineno) for f in own)
            self.problems.append(f"lines {lines}: {error!r}")
        ms = int((time.time() - self.begun) * 1000)
        for problem in self.problems:
            print(problem)
        Case.failures += bool(self.problems)
        word = "  FAILED  " if self.problems else "       OK "
        print(f"[{word}] {self.name} ({ms} ms)", flush=True)
        return True


def folder():
    return tempfile.mkdtemp()
