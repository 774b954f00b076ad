"""What the service does for those who mean it harm (trust.md, catalogue: F5, F6, R8, R9, S3, S4, S9, Z3).

A real office on each engine is served by the release program and gets, over raw sockets: slow heads,
bodies and readers, oversized and lying bodies, requests that two servers would read differently, aborted
requests, forms of other sites, cookies that were changed, the same submission and the same code at once,
and bytes that are no text. Of everything holds: no 5xx, no panic, the process lives, honest requests are
answered, its memory stays within bounds, and no row was made that nobody had a right to.

usage: abuse.py --trygg PROGRAM [--long] [--postgres URL]
"""

import argparse
import concurrent.futures
import csv
import json
import pathlib
import re
import resource
import socket
import struct
import sys
import tempfile
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
import corpus  # noqa: E402
import slow  # noqa: E402
from office import Office  # noqa: E402
from wire import HEADERS, Broken, Visitor, Wire, hidden, once, request  # noqa: E402

FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")
MEBI = 1 << 20


class Abused(Office):
    """An office under attack: every answer it gave, its memory, and what was found wrong."""

    def __init__(self, *words):
        super().__init__(*words)
        self.seen, self.failures, self.checks = [], [], 0

    def check(self, fact, text):
        self.checks += 1
        print(f"  {'ok' if fact else 'FAILED'}: {text}", flush=True)
        if not fact:
            self.failures.append(f"{self.engine}: {text}")

    def _memory(self, field):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", text)[1]) * 1024

    def peak(self, act):
        """What `act` returns, and by how many bytes the process was larger at its peak than before."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        before = self._memory("VmRSS")
        done = act()
        return done, max(0, self._memory("VmHWM") - before)

    def rows(self):
        return tuple(self.query(f"SELECT count(*) FROM {table}") for table in ("drafts", "envelopes"))


def oversize(office):
    """R9: over the limit by one, by chunks, by a lie, by a stream without end."""
    limit = 4 << 10

    def stream(head):
        """Sends for up to 20 s, or until it is cut off; the answer, seconds and bytes."""
        with Wire(office) as wire:
            wire.send(head)
            status = wire.read().status
            sent, chunk, began = 0, b"10000\r\n" + b"a" * 65536 + b"\r\n", time.monotonic()
            try:
                while time.monotonic() - began < 20:
                    wire.send(chunk)
                    sent += len(chunk)
            except Broken:
                pass
            return status, time.monotonic() - began, sent

    start = f"POST /sv/f HTTP/1.1\r\nHost: a\r\n{FORM[0]}: {FORM[1]}\r\n".encode()
    office.check(once(office, "POST", "/sv/f", [FORM], b"a" * limit).status != 413, "a body of the limit's size is read")
    with Wire(office) as wire:
        wire.send(request("POST", "/sv/f", [FORM], b"a" * (limit + 1)))
        office.check(wire.read().status == 413 and wire.closed(5), "one byte more is 413, and the connection closed")
    with Wire(office) as wire:
        wire.send(start + b"Content-Length: 1099511627776\r\n\r\n")
        office.check(wire.read().status == 413 and wire.closed(5), "a length of a terabyte is refused before a byte of it")
    for path in ("/sv/f", "/nowhere", "/healthz"):
        head = start.replace(b"/sv/f", path.encode()) + b"Transfer-Encoding: chunked\r\n\r\n10000\r\n" + b"a" * 65536 + b"\r\n"
        (status, seconds, sent), grown = office.peak(lambda head=head: stream(head))
        office.check(
            status in (404, 405, 413) and seconds < 6 and grown < 20 * MEBI,
            f"chunks without end to {path}: {status}, cut off after {seconds:.1f} s ({sent / MEBI:.0f} MiB thrown away), memory +{grown / MEBI:.1f} MiB",
        )
    with Wire(office) as wire:
        wire.send(start + b"Content-Length: 4000\r\n\r\ncode=1")
        wire.socket.shutdown(socket.SHUT_WR)
        office.check(all(reply.status < 500 for reply in wire.rest()), "a body shorter than it says is no answer of ours")
    with Wire(office) as wire:
        wire.send(start + b"Content-Length: 4\r\n\r\ncode=1&csrf=2 " + b"x" * 200 + b"\r\n\r\n")
        statuses = [reply.status for reply in wire.rest()]
        office.check(all(status < 500 for status in statuses), f"a body longer than it says: {statuses}")
    for head in (b"GET /" + b"a" * 200_000, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5_000, b"GET / HTTP/1.1\r\nX: " + b"y" * 200_000):
        with Wire(office) as wire:
            try:
                wire.send(head + b"\r\n\r\n")
            except Broken:
                pass
            statuses = [reply.status for reply in wire.rest()]
            office.check(all(status in (400, 431) for status in statuses), f"a head of {len(head)} bytes: {statuses}")


def smuggling(office):
    """Row 26: refused, the connection closed, nothing that follows answered."""
    for name, data in corpus.SMUGGLING.items():
        with Wire(office, timeout=3, seen=[]) as wire:
            try:
                wire.send(data + corpus.SMUGGLED)
            except Broken:
                pass
            statuses = [reply.status for reply in wire.rest(1.5)]
            office.check(
                len(statuses) <= 1 and all(400 <= status < 500 for status in statuses) and wire.closed(1),
                f"{name}: {statuses or 'closed without a word'}",
            )


def aborted(office, times):
    """Requests whose sender is gone before the answer: reset at the most awkward moment."""
    whole = request("POST", "/api/rounds/last-1/answers", [JSON], b"{}")
    form = request("POST", "/sv/f", [FORM], b"code=1")

    def abort(number):
        data = (whole, form, request("GET", "/sv/f"), request("GET", "/sv/"))[number % 4]
        with socket.socket() as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            try:
                gone.connect(("127.0.0.1", office.port))
                gone.sendall(data[: len(data) * (number % 7 + 1) // 7])
            except OSError:
                return 1
        return 0

    def all_of_them():
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            return sum(pool.map(abort, range(times)))

    before = office.rows()
    refused, grown = office.peak(all_of_them)
    office.check(refused < times // 100, f"{times} aborted requests ({refused} not even connected)")
    office.check(grown < 20 * MEBI, f"memory +{grown / MEBI:.1f} MiB")
    office.check(office.rows() == before, "no row is made by them")


def foreign(office, code):
    """S4: forms of other sites and without their token."""
    visitor = Visitor(office)
    page = visitor.begin(code)
    path = "/sv/f/p01"
    good = visitor.fields(page, A4="1")
    stranger = Visitor(office)
    foreign_token = hidden(stranger.get("/sv/f"), "csrf")
    before = office.rows()
    our = f"http://127.0.0.1:{office.port}"
    cases = [
        (good, [("Sec-Fetch-Site", "cross-site")]),
        (good, [("Sec-Fetch-Site", "same-site")]),
        (good, [("Sec-Fetch-Site", "none")]),
        (good, [("Sec-Fetch-Site", "cross-site"), ("Origin", our)]),
        (good, [("Origin", "null")]),
        (good, [("Origin", "https://elsewhere.example")]),
        (good, [("Origin", our + ".elsewhere.example")]),
        (good | {"csrf": ""}, []),
        (good | {"csrf": good["csrf"][:-2]}, []),
        (good | {"csrf": foreign_token}, [("Sec-Fetch-Site", "same-origin")]),
        ({name: value for name, value in good.items() if name != "csrf"}, []),
    ]
    paths = (path, "/sv/f", "/sv/f/send", "/sv/f/delete", "/sv/f/exit")
    statuses = [visitor.post(path, fields, headers).status for path in paths for fields, headers in cases]
    office.check(set(statuses) == {403}, f"{len(statuses)} forms of other sites: {sorted(set(statuses))}")
    office.check(office.rows() == before, "they change no row")
    office.check('value="1" checked' not in visitor.get(path).body.decode(), "and no answer")
    here = [("Sec-Fetch-Site", "same-origin"), ("Origin", our)]
    office.check(visitor.post(path, good, here).status == 303, "our own form is taken")
    return visitor


def tampered(office, visitor):
    """A cookie that was changed anywhere opens nothing."""
    good = visitor.jar["__Host-f"]
    changed = [good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :] for place in range(0, len(good), 3)]
    nonsense = ["", "d.", "d.....", "n." + good[2:], "r." + good[2:], good * 2, good[:-1], good + "../..", "d." + "A" * 43,
                "d." + "A" * 6_000, "x", "d.%00", good.lower()]
    statuses, told = set(), 0
    for value in changed + nonsense:
        thief = Visitor(office)
        thief.jar["__Host-f"] = value
        for method, path in (("GET", "/sv/f/p01"), ("GET", "/sv/f/stop"), ("GET", "/sv/f/receipt"), ("GET", "/sv/f")):
            reply = thief.ask(method, path)
            statuses.add(reply.status)
            told += b"checked" in reply.body
        statuses.add(thief.post("/sv/f/p01", {"csrf": "x", "page": "p01"}).status)
    office.check(max(statuses) < 500 and told == 0, f"{len(changed) + len(nonsense)} changed cookies: {sorted(statuses)}, no answer shown")
    mine = Visitor(office)
    mine.jar["__Host-f"] = good
    office.check(b"checked" in mine.get("/sv/f/p01").body, "the unchanged one shows its own")


def at_once(office, codes, submissions):
    """F5 and F6: the same submission a hundred times at once, and a hundred submissions on one code."""

    def post(body):
        reply = once(office, "POST", f"/api/rounds/{office.round}/answers", [JSON], body, timeout=30)
        return reply.status, json.loads(reply.body).get("receipt")

    def sheet(code):
        identity = str(uuid.uuid4())
        return json.dumps({"submission_id": identity, "code": code, "language": "sv", "answers": {"E1": 1}}).encode()

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        before = office.rows()[1]
        receipts = 0
        for _ in range(submissions):
            body = sheet(next(codes))
            replies = list(pool.map(post, [body] * 100))
            receipts += sum(reply == replies[0] and reply[0] == 201 for reply in replies)
        rows = office.rows()[1] - before
        office.check(
            (rows, receipts) == (submissions, 100 * submissions),
            f"100 identical sends × {submissions}: {rows} envelopes, {receipts} receipts",
        )
        before, told = office.rows()[1], []
        for _ in range(submissions):
            code = next(codes)
            told += [status for status, _ in pool.map(post, [sheet(code) for _ in range(100)])]
        rows = office.rows()[1] - before
        office.check(
            rows == submissions and told.count(201) == submissions and set(told) == {201, 409},
            f"100 submissions on one code × {submissions}: {rows} envelopes, the others are told so",
        )
        # By the form: whoever presses often gets the one receipt, or is asked to wait.
        before = office.rows()[1]
        visitor = Visitor(office)
        page = visitor.begin(next(codes))
        fields = {"csrf": hidden(page, "csrf")}

        def press(_):
            again = Visitor(office)
            again.jar = dict(visitor.jar)
            return again.post("/sv/f/send", fields)

        presses = list(pool.map(press, range(100)))
        sent = [reply for reply in presses if reply.status == 303 and reply.header("location") == "/sv/f/receipt"]
        cookies = {reply.cookies().get("__Host-f") for reply in sent}
        rows = office.rows()[1] - before
        statuses = sorted({reply.status for reply in presses})
        office.check(
            rows == 1 and len(sent) >= 1 and len(cookies) == 1 and set(statuses) <= {303, 429},
            f"a hundred presses of the form's button: one envelope, one receipt ({statuses})",
        )


def nonsense(office, visitor):
    """Z3: bytes that are no text, wherever they can stand."""
    before, statuses = office.rows(), set()
    for path in ("/sv/f", "/sv/f/p01", "/sv/f/send", "/sv/f/exit", "/sv/console/sign-in", "/sv/p/nowhere", "/csp-reports"):
        statuses |= {visitor.post(path, body).status for body in corpus.FORMS.values()}
    for body in corpus.JSONS.values():
        for path in (f"/api/rounds/{office.round}/answers", "/api/rounds/nowhere/answers", "/csp-reports"):
            statuses.add(once(office, "POST", path, [JSON], body).status)
    for path in corpus.PATHS:
        with Wire(office, timeout=5) as wire:
            wire.send(request("GET", path, [("Connection", "close")]))
            statuses |= {reply.status for reply in wire.rest()}
    for header in ("Accept-Language", "Cookie", "X-Forwarded-For", "Authorization", "If-None-Match", "Content-Type", "Range"):
        for value in ("\xff\xfe", "a" * 7_000, ";;;===,,,", "*;q=99999", "0" * 400, "%00", "bytes=0-,1-,2-"):
            for path in ("/", "/sv/f", "/api/rounds", "/assets/nothing"):
                statuses.add(once(office, "GET", path, [(header, value)]).status)
    office.check(max(statuses) < 500, f"nonsense in forms, JSON, addresses and headers: {sorted(statuses)}")
    office.check(office.rows() == before, "no row is made or taken by it")


def methods(office):
    """S3: what is not listed is 405 or 404, and every answer is dressed."""
    statuses = set()
    for path in ("/", "/sv/", "/sv/f", "/f", "/k/7K3M9QX2TW", "/p/torget", "/sv/p/torget", "/sv/f/p01", "/api/rounds", "/healthz", "/sv/console"):
        for method in corpus.METHODS:
            reply = once(office, method, path)
            statuses.add((method == "OPTIONS", reply.status))
    office.check({status for options, status in statuses if not options} <= {400, 404, 405}, f"unlisted methods: {sorted(statuses)}")


def limits(office, codes):
    """S9: the figures of 5.4 for codes and the open link, by network, and none for those who type right."""
    network = lambda address: [("X-Forwarded-For", address)]

    def wrong(address):
        visitor = Visitor(office, network(address))
        door = visitor.get("/sv/f")
        return visitor.post("/sv/f", {"csrf": hidden(door, "csrf"), "code": "000000001T"})

    replies = [wrong("198.51.100.7") for _ in range(6)]
    office.check([reply.status for reply in replies] == [422] * 5 + [429], "five wrong codes a minute from a network, not six")
    office.check(1 <= int(replies[-1].header("retry-after")) <= 12, "and how long to wait")
    office.check(wrong("198.51.100.250").status == 429, "the same network by another address")
    office.check(wrong("198.51.101.7").status == 422, "another network is not held up")
    office.check(wrong("203.0.113.1, 198.51.100.9").status == 429, "the last address that the proxy saw counts, not what was claimed")
    right = Visitor(office, network("192.0.2.1"))
    office.check([right.begin(next(codes)).status for _ in range(8)] == [200] * 8, "eight right codes in a row wait for nobody")

    def link(address, **more):
        visitor = Visitor(office, network(address))
        page = visitor.get("/sv/p/torget")
        fields = {"csrf": hidden(page, "csrf"), "challenge": hidden(page, "challenge"), "number": "", "note": ""}
        return visitor.post("/sv/p/torget", fields | more)

    statuses = [link("192.0.2.33").status for _ in range(11)]
    office.check(statuses == [303] * 10 + [429], "ten starts without a proof of work an hour from a network")
    statuses = [link("192.0.2.250", number="1").status for _ in range(3)]
    office.check(set(statuses) == {422}, "a number that was guessed begins nothing")
    office.check(link("198.18.0.1", note="x").status == 422, "a field that nobody sees, filled in, without a proof begins nothing")


def attack(office, long):
    started = time.monotonic()
    with office.open_round(1_200).open(newline="") as file:
        codes = iter([row["code"] for row in csv.DictReader(file)])
    office.open_link()
    office.serve()
    print(f"{office.engine}: an office is open after {time.monotonic() - started:.0f} s")
    taken = []
    for _ in range(100):
        began = time.monotonic()
        once(office, "GET", "/sv/f")
        taken.append(time.monotonic() - began)
    visitor = foreign(office, next(codes))
    tampered(office, visitor)
    nonsense(office, visitor)
    methods(office)
    smuggling(office)
    limits(office, codes)
    at_once(office, codes, 50 if long else 3)
    oversize(office)
    aborted(office, 10_000)
    (number, p95), grown = office.peak(lambda: slow.hold(office, 2_000 if long else 100, office.check))
    most = 20 * MEBI + number * 48 * 1024
    office.check(grown < most, f"memory +{grown / MEBI:.1f} MiB for {number} slow connections")
    base = sorted(taken)[94] * 1000
    print(f"note: {office.engine}: honest p95 {base:.1f} ms alone, {p95:.1f} ms beside {number} slow connections")

    worst = [reply.status for reply in office.seen if reply.status >= 500]
    office.check(not worst, f"{len(office.seen)} answers, {len(worst)} of them 5xx")
    bare = [reply for reply in office.seen if reply.body and any(reply.header(name) is None for name in HEADERS)]
    office.check(not bare, f"each that says something carries the headers ({len(bare)} do not)")
    office.check(office.process.poll() is None and once(office, "GET", "/readyz").status == 200, "the process lives and is ready")
    walker = Visitor(office)
    office.check(walker.begin(next(codes)).status == 200, "the next honest code begins")
    envelopes = office.query(f"SELECT count(*) FROM envelopes")
    used = office.query("SELECT count(*) FROM invitations WHERE " + ("used" if office.engine == "postgresql" else "used = 1"))
    office.check(envelopes == used, f"{envelopes} envelopes, {used} codes used")
    office.stop()
    log = (office.folder / "serve.log").read_text(errors="replace")
    for word in ("panicked", "request_failed", '"internal"'):
        office.check(word not in log, f"the log knows no {word}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--long", action="store_true", help="2,000 slow heads, 2,000 slow bodies, 500 of each other kind; 50 races")
    parser.add_argument("--postgres", help="address of a PostgreSQL server, for its half of the test")
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    checks, failures = 0, []
    for postgres in [None] + ([given.postgres] if given.postgres else []):
        with tempfile.TemporaryDirectory() as folder:
            office = Abused(given.trygg, pathlib.Path(folder, "office"), postgres)
            try:
                began = time.monotonic()
                attack(office, given.long)
                print(f"note: {office.engine}: {office.checks} checks, {len(office.seen)} answers in {time.monotonic() - began:.0f} s")
            finally:
                office.drop()
            checks += office.checks
            failures += office.failures
    for failure in failures:
        print("FAILED:", failure)
    print(f"{checks - len(failures)} passed, {len(failures)} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
