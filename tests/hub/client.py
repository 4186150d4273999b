"""A hub in a folder of its own and a client of its API, for tests that are written in Python."""
import atexit
import json
import os
import re
import sqlite3
import subprocess
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    @property
    def json(self):
        return json.loads(self.body)


class Hub:
    def __init__(self, khien, work):
        self.data = os.path.join(work, "data")
        self.state = os.path.join(work, "state")
        environment = dict(os.environ, KHIEN_STATE=self.state, HOME=work, TZ="Asia/Ho_Chi_Minh",
                           LC_ALL="C.UTF-8")
        log = open(os.path.join(work, "serve.log"), "w+", encoding="utf-8")
        self.server = subprocess.Popen(
            [khien, "serve", "--data", self.data, "--listen", "127.0.0.1:0"], env=environment,
            stdout=log, stderr=subprocess.STDOUT)
        atexit.register(self.server.kill)
        link = None
        for _ in range(600):
            with open(log.name, encoding="utf-8") as told:
                text = told.read()
            link = re.search(r"link=([0-9a-f]+)", text)
            if link:
                break
            time.sleep(0.05)
        self.origin = re.search(r"http://[^\s/]+", text).group(0)
        self.cookie = self.token = ""
        answer = self.post("/session/link", {"token": link.group(1)})
        self.token = answer.json["csrf"]
        self.root = answer.json["agency"]["id"]

    def call(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        elif body is not None:
            headers["Content-Type"] = "application/octet-stream"
        headers |= {"Cookie": self.cookie, "X-Khien-Token": self.token}
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

    def change(self, method, path, body):
        return self.call(method, path, body, {"If-Match": self.get(path).headers["ETag"]})

    def wait(self, job):
        for _ in range(6000):
            now = self.get("/jobs/" + job["id"]).json
            if now["state"] not in ("queued", "running"):
                return now
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def rows(self, sql, *values):
        """Straight from, or into, the database beside the server."""
        with sqlite3.connect(os.path.join(self.data, "hub.db"), timeout=30) as db:
            cursor = db.execute(sql, values)
            return cursor.fetchall() or cursor.lastrowid

    def stop(self):
        self.server.terminate()
        return self.server.wait(60)


class Case:
    failures = 0

    def __init__(self, name):
        self.name, self.problems = name, []

    def __enter__(self):
        self.begun = time.time()
        print(f"[ RUN      ] {self.name}", flush=True)
        return self

    def equal(self, got, wanted, what=""):
        if got != wanted:
            self.problems.append(f"{what}: {got!r}, expected {wanted!r}")

    def true(self, value, what):
        if not value:
            self.problems.append(str(what))

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.problems.append("".join(traceback.format_exception(kind, error, trace)))
        ms = int((time.time() - self.begun) * 1000)
        for problem in self.problems:
            print(problem)
        Case.failures += bool(self.problems)
        word = "  FAILED  " if self.problems else "       OK "
        print(f"[{word}] {self.name} ({ms} ms)", flush=True)
        return True


def quoted(name):
    return urllib.parse.quote(name)
