"""People who answer. Every sheet differs from every other, so that it can be known again; everything that a
respondent controls carries a word that must never be found anywhere. 9 of 10 send by the REST route, as a
program does; 1 of 10 walks the form as a browser without JavaScript does, and some leave it unfinished."""

import base64
import concurrent.futures
import html
import http.client
import json
import pathlib
import re
import threading
import time
import tomllib
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "survey-definitions" / "lulea-trygghet" / "1.0" / "questionnaire.toml"
# What a sheet holds for an item that a person was not asked.
HIDDEN = 94
FORM_EVERY = 10
CONDITION = re.compile(r"(?:any\((?P<any>[\w,]+)\)|(?P<one>\w+)) in \{(?P<codes>[\d,]+)\}$")


class Questions:
    """The items of the questionnaire that residents are asked, and how a sheet of answers is written."""

    def __init__(self):
        definition = tomllib.loads(DEFINITION.read_text())
        options = {scale["id"]: len(scale["options"]) for scale in definition["scale"]}
        self.items = definition["item"]
        self.options = {item["id"]: options[item["scale"]] for item in self.items}
        modules = definition["module"]
        self.asked = [
            item
            for item in self.items
            if "resident" in item["streams"] and item["id"] != "A1" and modules.get(item.get("module"), True)
        ]

    def draw(self, chance):
        """Answers to every question that the routing shows."""
        answers = {}
        for conditional in (False, True):
            for item in self.asked:
                if ("show_if" in item) == conditional and shown(item, answers):
                    answers[item["id"]] = chance.randint(1, self.options[item["id"]])
        return answers

    def sheet(self, answers):
        """The bytes of a sheet behind the district, which comes first."""
        return bytes(answers.get(item["id"], HIDDEN) for item in self.items[1:])


def shown(item, answers):
    if "show_if" not in item:
        return True
    condition = CONDITION.match(item["show_if"])
    names = (condition["any"] or condition["one"]).split(",")
    return any(answers.get(name) in map(int, condition["codes"].split(",")) for name in names)


class Person:
    """Somebody with a letter: its number, district and code. `number` is the place in the order of answering."""

    def __init__(self, number, letter, questions, chance):
        self.number = number
        self.letter_no, self.area, self.code = letter
        self.answers = questions.draw(chance)
        self.sheet = questions.sheet(self.answers)
        self.by_form = number % FORM_EVERY == FORM_EVERY - 1
        self.submission = uuid.UUID(bytes=chance.randbytes(16), version=4)
        self.cookie = self.sent = self.replied = None


def made_up_code(chance):
    symbols = "".join(chance.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(10))
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"


def written(answers):
    """How a program would write a sheet down for people: as JSON, close and wide, as posted and sorted."""
    for order in (list(answers), sorted(answers)):
        held = {item: answers[item] for item in order}
        yield json.dumps(held)[1:-1]
        yield json.dumps(held, separators=(",", ":"))[1:-1]


class Canary:
    """A word that stands in everything a respondent controls. Letters only: a rule that lets words through
    lets it through."""

    def __init__(self, chance):
        self.word = "kanarie" + "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(10))

    def __call__(self, place):
        return f"{self.word}-{place}"

    def headers(self, network):
        return {
            "User-Agent": self("agent"),
            "X-Forwarded-For": f"{self('forwarded')}, {network}",
            "Forwarded": f"for={self('forwarded')}",
            "X-Real-IP": self("address"),
            "Accept-Language": f"{self('language')}, sv",
            "Referer": f"http://{self('referer')}/",
            "X-Request-Id": self("request"),
            "traceparent": self("trace"),
            "Authorization": f"Bearer {self('bearer')}",
            "X-Kanarie": self("header"),
        }


# Documentation networks (RFC 5737): where right answers and where wrong codes come from.
ANSWERING, FAILING = "203.0.113", "198.51.100"


class Browser:
    """One kept connection, with cookies."""

    def __init__(self, url, canary, network=ANSWERING):
        self.host = urllib.parse.urlsplit(url).netloc
        self.origin = url
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.canary, self.network = canary, network
        self.cookies = {"kanarie": canary("cookie")}
        self.replies = []

    def send(self, method, path, body=None, kind=None, headers=()):
        sent = {
            **self.canary.headers(f"{self.network}.{7 + len(path) % 90}"),
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **dict(headers),
        }
        if body is not None:
            sent["Content-Type"] = kind
        if kind == "application/x-www-form-urlencoded":
            sent |= {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        self.connection.request(method, path, body, sent)
        reply = self.connection.getresponse()
        text = reply.read().decode(errors="replace")
        for name, value in reply.getheaders():
            if name.lower() == "set-cookie":
                name, _, value = value.partition(";")[0].partition("=")
                self.cookies[name] = value
        self.replies.append((reply.status, text))
        return reply.status, reply.getheader("Location"), text

    def post(self, path, fields):
        """A form, and the page that the answer leads to."""
        body = urllib.parse.urlencode(fields)
        status, onward, text = self.send("POST", path, body, "application/x-www-form-urlencoded")
        if status == 303:
            path = onward
            status, _, text = self.send("GET", path)
        if status != 200:
            raise AssertionError(f"{status} on {path}")
        return path, text

    def key(self):
        """The 32 bytes that open this browser's draft."""
        kind, _, value = self.cookies["__Host-f"].partition(".")
        assert kind == "d", "the browser has a draft"
        return base64.urlsafe_b64decode(value + "=")


def fields(page):
    """The hidden fields, the items and the address of the page's form that leads on."""
    for form in re.findall(r"<form.*?</form>", page, re.S):
        action = re.search(r'action="([^"]*)"', form)[1]
        if action.endswith(("/exit", "/delete")):
            continue
        hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
        items = list(dict.fromkeys(re.findall(r'type="radio" id="[^"]*" name="([^"]*)"', form)))
        last = re.search(r'formaction="([^"]*)"', form)
        hidden = {name: html.unescape(value) for name, value in hidden.items()}
        return hidden, items, html.unescape(last[1] if last else action)
    raise AssertionError("the page has no form that leads on")


def walk(url, canary, person, pages=None):
    """Walks the form to its receipt, or leaves it after `pages` pages; gives the browser as it then is."""
    browser = Browser(url, canary)
    path, (_, _, page) = "/sv/f", browser.send("GET", f"/sv/f?from={canary('query')}")
    for step in range(40):
        if path.endswith("/receipt"):
            return browser
        if step - 1 == pages:
            return browser
        hidden, items, action = fields(page)
        chosen = {item: person.answers[item] for item in items}
        if "version" not in hidden:
            chosen = {"code": person.code}
        path, page = browser.post(action, hidden | chosen)
        if person.cookie is None:
            person.cookie = browser.key()
    raise AssertionError("the form has no end")


def post(browser, round_slug, person):
    body = {"submission_id": str(person.submission), "code": person.code, "language": "sv", "answers": person.answers}
    return browser.send("POST", f"/api/rounds/{round_slug}/answers", json.dumps(body), "application/json")


def answer(url, round_slug, canary, people, abreast):
    """All of `people` answer, `abreast` at a time, taken up in their order."""
    here = threading.local()

    def one(person):
        if not hasattr(here, "browser"):
            here.browser = Browser(url, canary)
        person.sent = time.time()
        if person.by_form:
            walk(url, canary, person)
        else:
            status, _, text = post(here.browser, round_slug, person)
            if status != 201:
                raise AssertionError(f"{status}: {text}")
        person.replied = time.time()

    with concurrent.futures.ThreadPoolExecutor(abreast) as pool:
        list(pool.map(one, people))


def misbehave(url, round_slug, canary, used, unused):
    """Everything that is refused, with the word in it: what a service says and writes when something is
    wrong tells more than when it is right. Gives the replies."""
    browser = Browser(url, canary, FAILING)
    word = canary("typed")
    form, program = "application/x-www-form-urlencoded", "application/json"
    sheet = {"submission_id": str(uuid.uuid4()), "code": unused.code, "language": "sv", "answers": unused.answers}
    api = f"/api/rounds/{round_slug}/answers"
    _, _, page = browser.send("GET", "/sv/f")
    hidden, _, _ = fields(page)
    for folder in ("/k/", "/sv/f/", "/", "/problems/", "/assets/"):
        browser.send("GET", folder + word)
    for path in (f"/k/{used.code}", "/sv/f/%ff%00"):
        browser.send("GET", path)
    for sent in (hidden | {"code": word}, hidden | {"code": used.code, word: word}, {"code": word, "csrf": word}):
        browser.send("POST", f"/sv/f?from={word}", urllib.parse.urlencode(sent), form)
    browser.send("POST", "/sv/f", f"code={word}%00%ff&csrf=", form)
    answers = ({word: 1}, {"E1": 255})
    keys = ({"code": word}, {"code": used.code}, {"language": word}, {word: word})
    for wrong in (*keys, *({"answers": one} for one in answers)):
        browser.send("POST", api, json.dumps(sheet | wrong), program)
    browser.send("POST", f"/api/rounds/{word}/answers", json.dumps(sheet), program)
    browser.send("POST", api, json.dumps(sheet)[:-1] + word, program)
    browser.send("POST", api, json.dumps(sheet | {word: word * 5000}), program)
    report = [{"body": {"effectiveDirective": canary.word, "documentURL": f"http://{word}/k/{used.code}"}}]
    browser.send("POST", f"/csp-reports?{word}", json.dumps(report), program)
    # A page of the form with a field that it does not have, and with an option that it does not offer.
    started = walk(url, canary, unused, pages=1)
    _, _, page = started.send("GET", "/sv/f/p02")
    hidden, _, action = fields(page)
    for wrong in ({word: "1"}, {"E1": word}, {"E1": "77"}, {"version": word}):
        started.send("POST", action, urllib.parse.urlencode(hidden | wrong), form)
    _, _, page = started.send("GET", "/sv/f/p02")
    hidden, _, _ = fields(page)
    started.post("/sv/f/delete", {"csrf": hidden["csrf"]})
    return browser.replies + started.replies
