"""HTTP by hand: bytes as they are given, answers as they come. No library tidies anything up."""

import re
import socket
import urllib.parse

HEADERS = ("content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy")


class Broken(Exception):
    """The peer closed, or did not answer in time."""


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for found, value in self.headers if found == name), None)

    def cookies(self):
        pairs = (value.split(";")[0].partition("=") for name, value in self.headers if name == "set-cookie")
        return {name: value for name, _, value in pairs}


class Wire:
    """One connection. Every answer that it reads is kept in `seen`, for what holds of all of them."""

    def __init__(self, office, timeout=10, seen=None, receive=None):
        self.seen = office.seen if seen is None else seen
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", office.port))
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Broken(str(error)) from error

    def _more(self):
        try:
            data = self.socket.recv(65536)
        except OSError as error:
            raise Broken(str(error)) from error
        if not data:
            raise Broken("closed")
        self.buffer += data

    def read(self, head_only=False):
        """The next answer."""
        while b"\r\n\r\n" not in self.buffer:
            self._more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        if status == 100:
            return self.read(head_only)
        headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
        length = int(next((value for name, value in headers if name == "content-length"), 0))
        while not head_only and len(self.buffer) < length:
            self._more()
        if not head_only:
            body, self.buffer = self.buffer[:length], self.buffer[length:]
        reply = Reply(status, headers, b"" if head_only else body)
        self.seen.append(reply)
        return reply

    def closed(self, within):
        """Whether the peer closes the connection in so many seconds, and says nothing more."""
        self.socket.settimeout(within)
        try:
            return not self.buffer and self.socket.recv(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False

    def rest(self, within=3):
        """Every further answer until the peer closes or is silent."""
        self.socket.settimeout(within)
        replies = []
        try:
            while True:
                replies.append(self.read())
        except Broken:
            return replies


def request(method, path, headers=(), body=None):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b"")


def once(office, method, path, headers=(), body=None, timeout=10):
    with Wire(office, timeout) as wire:
        wire.send(request(method, path, headers, body))
        return wire.read(head_only=method == "HEAD")


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.body.decode())
    return found[1] if found else ""


class Visitor:
    """A browser without JavaScript: cookies, and forms as they are sent."""

    def __init__(self, office, headers=()):
        self.office, self.headers, self.jar = office, list(headers), {}

    def ask(self, method, path, body=None, headers=()):
        sent = list(headers) + self.headers
        if self.jar:
            sent.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.jar.items())))
        reply = once(self.office, method, path, sent, body)
        for name, value in reply.cookies().items():
            self.jar.pop(name, None) if value == "" else self.jar.__setitem__(name, value)
        return reply

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields, headers=()):
        form = ("Content-Type", "application/x-www-form-urlencoded")
        body = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields).encode()
        return self.ask("POST", path, body, [form, *headers])

    def begin(self, code):
        """To the first page of the form; its answer."""
        door = self.get("/sv/f")
        begun = self.post("/sv/f", {"csrf": hidden(door, "csrf"), "code": code})
        if begun.status != 303:
            raise AssertionError(f"a code does not begin: {begun.status}")
        return self.get(begun.header("location"))

    def fields(self, page, **more):
        return {name: hidden(page, name) for name in ("csrf", "version", "page")} | more
