"""Connections that do as little as they can: every kind at once, while honest people ask for pages."""

import threading
import time

from wire import Broken, Wire, once, request

FORM = ("Content-Type", "application/x-www-form-urlencoded")


def _head(wire):
    wire.send(b"GET /sv/f HTTP/1.1\r\nHost: a\r\nX-Slow: ")


def _second_head(wire):
    """A good request first: what follows on a connection that is kept must not be slower."""
    wire.send(request("GET", "/healthz"))
    wire.read()
    wire.send(b"GET /sv/f HTTP/1.1\r\nX-Slow: ")


def _body(wire):
    wire.send(b"POST /sv/f HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n")


def _chunks(wire):
    wire.send(b"POST /sv/f HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n")


def _unwanted_chunks(wire):
    """A body that no handler reads."""
    wire.send(b"POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n")


def _deaf(wire):
    """Asks for far more than it ever reads."""
    wire.send(request("GET", "/sv/f/help") * 12)


# How it begins; by when it is cut off (seconds that a deadline allows, and a few for a busy machine); and
# which share of the connections asked for it is.
KINDS = {
    "slow heads": (_head, 5 + 10, 1),
    "slow heads after a good request": (_second_head, 15 + 10, 0.25),
    "slow bodies": (_body, 11 + 10, 1),
    "slow chunked bodies": (_chunks, 14 + 15 + 10, 0.25),
    "slow chunked bodies that nobody wants": (_unwanted_chunks, 2 + 10, 0.25),
    "deaf readers": (_deaf, None, 0.25),
}


def _drip(wire):
    """One byte more; false when the connection is gone."""
    try:
        wire.socket.setblocking(False)
        while wire.socket.recv(4096):
            pass
        return False
    except BlockingIOError:
        pass
    except OSError:
        return False
    try:
        return wire.socket.send(b"a") == 1
    except BlockingIOError:
        return True
    except OSError:
        return False


def hold(office, each, check):
    """Opens up to `each` connections of every kind and feeds them a byte a second until all are cut off; their
    number, and the 95th percentile of what honest people waited, in ms."""
    open_wires, ended, wanted = {}, {}, {}
    began = time.monotonic()
    for kind, (begin, _, share) in KINDS.items():
        open_wires[kind] = []
        wanted[kind] = int(share * each)
        for _ in range(wanted[kind]):
            try:
                wire = Wire(office, receive=2048 if begin is _deaf else None)
                begin(wire)
            except (Broken, OSError):
                continue
            open_wires[kind].append(wire)
        check(len(open_wires[kind]) >= 0.9 * wanted[kind], f"{kind}: {len(open_wires[kind])} of {wanted[kind]} connect")
    times, stop = [], threading.Event()

    def honest():
        while not stop.is_set():
            at = time.monotonic()
            try:
                ok = once(office, "GET", "/sv/f", timeout=20).status == 200
            except (Broken, OSError):
                ok = False
            times.append((time.monotonic() - at, ok))
            stop.wait(0.05)

    people = [threading.Thread(target=honest) for _ in range(4)]
    for person in people:
        person.start()
    longest = max(limit for _, limit, _ in KINDS.values() if limit)
    while time.monotonic() - began < longest:
        for kind, wires in open_wires.items():
            if KINDS[kind][1] is None:
                continue
            still = [wire for wire in wires if _drip(wire)]
            for wire in set(wires) - set(still):
                wire.socket.close()
            open_wires[kind] = still
            if not still:
                ended.setdefault(kind, time.monotonic() - began)
        if len(ended) == len(KINDS) - 1:
            break
        time.sleep(1)
    stop.set()
    for person in people:
        person.join()
    for kind, (_, limit, _) in KINDS.items():
        if limit:
            check(ended.get(kind, 1e9) <= limit, f"{kind}: all {wanted[kind]} are cut off (after {ended.get(kind, -1):.0f} s)")
        for wire in open_wires[kind]:
            wire.socket.close()
    refused = sum(1 for _, ok in times if not ok)
    check(times and not refused, f"{len(times)} honest pages meanwhile, {refused} refused")
    slow = sorted(taken for taken, _ in times)
    return sum(wanted.values()), slow[int(0.95 * len(slow))] * 1000 if slow else 0
