"""Requests that nobody honest sends."""

SMUGGLED = b"GET /sv/f/help HTTP/1.1\r\nHost: smuggled\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def _post(*lines, body=b"", version=b"1.1"):
    head = [b"POST /sv/f HTTP/" + version, b"Host: 127.0.0.1", FORM.strip(), *lines]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


# Each is read two ways by servers that disagree: refused, and the connection closed. What follows is never
# answered as a request of its own.
SMUGGLING = {
    "length and chunks": _post(b"Content-Length: 6", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    "chunks and length": _post(b"Transfer-Encoding: chunked", b"Content-Length: 4", body=b"1\r\nx\r\n0\r\n\r\n"),
    "two lengths": _post(b"Content-Length: 0", b"Content-Length: 44"),
    "a list of lengths": _post(b"Content-Length: 0, 44"),
    "a signed length": _post(b"Content-Length: +0"),
    "a negative length": _post(b"Content-Length: -1"),
    "a length in hexadecimal digits": _post(b"Content-Length: 0x0"),
    "a length over 64 bits": _post(b"Content-Length: 18446744073709551616"),
    "an empty length": _post(b"Content-Length:"),
    "an unknown coding": _post(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n"),
    "chunks before another coding": _post(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"),
    "two codings": _post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", body=b"0\r\n\r\n"),
    "a blank before the colon": _post(b"Transfer-Encoding : chunked", body=b"0\r\n\r\n"),
    "a tab before the coding's name": _post(b"\tTransfer-Encoding: chunked", body=b"0\r\n\r\n"),
    "a folded line": _post(b"X: y", b" Content-Length: 44"),
    "a NUL in a header": _post(b"X: a\0b"),
    "a carriage return in a header": _post(b"X: a\rContent-Length: 44"),
    "chunks by HTTP/1.0": _post(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n", version=b"1.0"),
    "a chunk of no size": _post(b"Transfer-Encoding: chunked", body=b"\r\n\r\n"),
    "a chunk of a negative size": _post(b"Transfer-Encoding: chunked", body=b"-1\r\n\r\n"),
    "a chunk size over 64 bits": _post(b"Transfer-Encoding: chunked", body=b"FFFFFFFFFFFFFFFFF\r\nx"),
    "a chunk longer than it says": _post(b"Transfer-Encoding: chunked", body=b"1\r\nxx\r\n0\r\n\r\n"),
    "a chunk that ends in a bare line feed": _post(b"Transfer-Encoding: chunked", body=b"1\nx\n0\n\n"),
    "no version": b"GET /sv/f\r\n\r\n",
    "version 2.0 in words": b"GET /sv/f HTTP/2.0\r\nHost: a\r\n\r\n",
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
}

_DEEP = b"[" * 30_000 + b"]" * 30_000
_BAD = (b"%FF%FE", b"%C0%AF", b"%E0%80%AF", b"%F8%88%80%80%AF", b"%ED%A0%80", b"%00", b"%", b"%zz", b"%2e%2e%2f" * 9)

# Bodies for a form and for JSON: whatever they hold, the answer is a refusal and never a fault of ours.
FORMS = {
    "bytes that are no UTF-8": b"code=\xff\xfe\x80",
    "10,000 fields": b"&".join(b"a%d=1" % number for number in range(10_000)),
    "one field 10,000 times": b"&".join([b"code=1"] * 10_000),
    "a field repeated": b"code=1&code=2&csrf=1&csrf=2",
    "nothing but separators": b"&" * 3_000,
    "NUL in a name": b"co%00de=1",
    "a long name": b"a" * 3_000 + b"=1",
    **{f"escape {bad.decode()}": b"code=" + bad for bad in _BAD},
}
JSONS = {
    "deep nesting": _DEEP,
    "deep nesting in a field": b'{"answers":' + _DEEP[:20_000] + b"}",
    "a key repeated": b'{"code":"a","code":"b","language":"sv","answers":{}}',
    "a number over 64 bits": b'{"submission_id":1e999999,"code":18446744073709551616}',
    "bytes that are no UTF-8": b'{"code":"\xff\xfe"}',
    "a lone surrogate": b'{"code":"\\ud800"}',
    "NUL": b'{"code":"\\u0000\0"}',
    "10,000 keys": b"{" + b",".join(b'"k%d":1' % number for number in range(5_000)) + b"}",
    "another encoding": "{}".encode("utf-16"),
    "nothing": b"",
    "not JSON": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
}
PATHS = [
    *(f"/sv/f/{bad.decode()}" for bad in _BAD),
    *(f"/{bad.decode()}/f" for bad in _BAD),
    *(f"/k/{bad.decode()}" for bad in _BAD),
    *(f"/p/{bad.decode()}" for bad in _BAD),
    *(f"/sv/p/{bad.decode()}" for bad in _BAD),
    *(f"/sv/?lang={bad.decode()}" for bad in _BAD),
    *(f"/api/rounds?{bad.decode()}={bad.decode()}" for bad in _BAD),
    "/sv/f/" + "a" * 8_000, "//sv//f", "/sv/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/sv/f/p01;x=1",
    "/sv/f?again&again=1&&&=", "/%73%76/f", "/sv/f%2fp01", "*", "http://elsewhere.example/sv/f",
]
METHODS = ("TRACE", "TRACK", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "OPTIONS", "BREW", "get")
