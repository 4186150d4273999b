"""Asks a hub for pages at a steady rate and says how long each answer took, from the moment it was
due: a server that falls behind is not spared.  at_rate.py ORIGIN COOKIE PID RATE SECONDS PATH..."""
import http.client
import os
import sys
import threading
import time

origin, cookie, pid = sys.argv[1:4]
rate, seconds = int(sys.argv[4]), float(sys.argv[5])
LINES = 16
host = origin.split("//")[1]


def spent():  # ms of processor of the server
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def ask(path):
    wanted, lock = iter(range(int(rate * seconds))), threading.Lock()
    took, wrong = [], []
    begun = time.monotonic() + 0.2

    def line():
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.connect()
        while True:
            with lock:
                n = next(wanted, None)
            if n is None:
                return connection.close()
            due = begun + n / rate
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                connection.request("GET", "/api/v1" + path, headers={"Cookie": "khien=" + cookie})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    wrong.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                wrong.append(repr(error))
                connection = http.client.HTTPConnection(host, timeout=60)
            took.append((time.monotonic() - due) * 1000)

    threads = [threading.Thread(target=line) for _ in range(LINES)]
    before = spent()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    at = lambda part: took[int(part * (len(took) - 1))]
    print(f"GET {path}: {len(took)} at {rate} a second, p50 {at(0.5):.1f} ms, p99 {at(0.99):.1f} ms, "
          f"{(spent() - before) / len(took):.2f} ms of processor each, {len(wrong)} refused"
          + (f" ({wrong[0]})" if wrong else ""), flush=True)


for one in sys.argv[6:]:
    ask(one)
print(f"load: {' '.join(f'{n:.1f}' for n in os.getloadavg())}, {os.cpu_count()} cores")
