"""Letters as their readers get them: made by command line, printed (rendered at 150 dpi by poppler), every QR code
read by a decoder that shares no code with the program (zbar), every text found by pdftotext. Then a decoded
code answers, and a reminder leaves out who has answered. Test O5 of the trust specification."""

import argparse
import concurrent.futures
import csv
import itertools
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
import xml.etree.ElementTree as xml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
from office import AREAS, Office  # noqa: E402

DPI = 150
DOOR = "https://enkat.exempel.se"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")
NAMES = ["Åsa Öberg", "Čohkká Ŋálen", "Žofia Đurić", "Jean-René Ŧ. Šmith"]
EIGHT = {
    "sv": ["Inbjudan", "Åsa får välja själv på ön."],
    "sv-x-lattlast": ["Ett brev", "Du får ett brev."],
    "fi": ["Kutsu", "Kyselyyn vastaaminen on vapaaehtoista."],
    "fit": ["Kuttu", "Vastaaminen oon vapaaehtoista."],
    "se": ["Bovdehus", "Čálit, đ, ŋ, š, ŧ ja ž leat bustávat."],
    "smj": ["Gåhttjom", "Åvddål ja maŋŋel: á, å, ä, ń, ŋ."],
    "en": ["Invitation", "Answering is voluntary."],
    "ar": ["دعوة", "الإجابة طوعية، ويمكنك تخطي أي سؤال."],
}
BRIEF = {
    "sv": "Svara på svenska.",
    "sv-x-lattlast": "Svara på lätt svenska.",
    "fi": "Vastaa suomeksi.",
    "fit": "Vastaa meänkielelä.",
    "se": "Vástit davvisámegillii.",
    "smj": "Vásstida julevsámegiellaj.",
    "en": "Answer in English.",
    "ar": "يمكنك الإجابة بالعربية.",
}

passed = failed = 0


def check(holds, what):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print("FAILED:", what)


def output(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, check=True)
    # pdfinfo prints the alternative texts of figures as they stand in the file.
    return done.stdout.decode(errors="replace")


def pages_of(pdf):
    return output("pdftotext", "-enc", "UTF-8", pdf, "-").split("\f")[:-1]


def text_of(page):
    """A page's words with single blanks, without the marks of direction that pdftotext adds."""
    return " ".join(re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", page).split())


def stands(sentence, text):
    """Whether a sentence stands in a page's text. pdftotext turns right-to-left lines round glyph by glyph, which
    moves their punctuation and the two letters of a ligature: of those, the words are looked for by their letters."""
    if not re.search("[؀-ۿ]", sentence):
        return sentence in text
    words = lambda text: {"".join(sorted(word)) for word in re.sub(r"[^\w\s]", " ", text).split()}
    return words(sentence) <= words(text)


def scan(pdf, first, last):
    """What the QR codes of some pages hold, and how wide that of the first page is, in millimetres."""
    with tempfile.TemporaryDirectory() as folder:
        output("pdftoppm", "-r", DPI, "-gray", "-f", first, "-l", last, pdf, f"{folder}/page")
        images = sorted(pathlib.Path(folder).iterdir())
        found = []
        for image in images:
            done = subprocess.run(
                ["zbarimg", "--xml", "-q", "-Sdisable", "-Sqrcode.enable", str(image)], capture_output=True, text=True
            )
            symbols = xml.fromstring(done.stdout).findall(".//{*}data") if done.stdout else []
            found.append([symbol.text for symbol in symbols])
        return found, side(images[0])


def side(image):
    """The width of a QR code of version 2 from its finder patterns: dark 1, light 1, dark 3, light 1, dark 1."""
    magic, width, height, _, pixels = image.read_bytes().split(maxsplit=4)
    width, widths = int(width), []
    assert magic == b"P5" and len(pixels) == width * int(height)
    for start in range(0, len(pixels), width):
        runs = [(dark, len(list(run))) for dark, run in itertools.groupby(pixels[start : start + width], lambda p: p < 128)]
        for place in range(len(runs) - 4):
            dark, lengths = runs[place][0], [length for _, length in runs[place : place + 5]]
            module = sum(lengths) / 7
            if dark and module > 3 and all(abs(n - w * module) < module / 2 for n, w in zip(lengths, (1, 1, 3, 1, 1))):
                widths.append(25 * module)
    return statistics.median(widths) / DPI * 25.4


def scan_all(pdf, count):
    chunks = [(first, min(first + 49, count)) for first in range(1, count + 1, 50)]
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        scanned = list(workers.map(lambda chunk: scan(pdf, *chunk), chunks))
    return [page for pages, _ in scanned for page in pages], min(side for _, side in scanned)


def sound(pdf, count):
    info = output("pdfinfo", pdf)
    check(re.search(r"^Tagged:\s+yes$", info, re.M), "the file is tagged")
    check(re.search(rf"^Pages:\s+{count}$", info, re.M), f"{count} pages: {info}")
    check("A4" in info, "pages are A4")
    check("pdfuaid" in output("pdfinfo", "-meta", pdf), "the file says that it is PDF/UA")
    fonts = [line.split() for line in output("pdffonts", pdf).splitlines()[2:]]
    check(fonts and all(font[-5] == "yes" for font in fonts), f"every font is embedded: {fonts}")
    tags = output("pdfinfo", "-struct-text", pdf) if count < 100 else ""
    check(count >= 100 or ("H1" in tags and "Figure" in tags), "headings and QR codes have their tags")


def in_eight_languages(program, folder):
    pdf = folder / "eight.pdf"
    output(program, pdf)
    sound(pdf, 8)
    for page, (language, sentences) in zip(pages_of(pdf), EIGHT.items(), strict=True):
        text = text_of(page)
        for sentence in sentences:
            check(stands(sentence, text), f"{language}: {sentence!r} in {text!r}")
        for other, sentence in BRIEF.items():
            check(other == language or stands(sentence, text), f"{language}: {sentence!r} in {text!r}")
        check("Čeŋŋet Ŧáža-Öst" in text and "7K3M-9QX2-TW" in text, f"{language}: name and code")
    for language, found in zip(EIGHT, scan_all(pdf, 8)[0], strict=True):
        check(found == [f"{DOOR.upper()}/K/7K3M9QX2TW"], f"{language}: {found}")


def write_files(folder, count):
    letters = [(f"{number:06}", AREAS[number % len(AREAS)]) for number in range(count)]
    with (folder / "frame.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("letter_no", "area_code"), *letters])
    rows = [
        (number, area, f"{NAMES[place % 4]} {place}", f"Ljungvägen {place} lgh 1102", "972 38 Luleå", ["", "en"][place % 2])
        for place, (number, area) in enumerate(letters)
    ]
    with (folder / "addresses.csv").open("w", newline="", encoding="utf-8-sig") as file:
        header = ("letter_no", "area_code", "name", "address_1", "address_2", "language")
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return rows


def read_letters(pdf, rows):
    """Checks each page against its row; gives the codes."""
    pages, (scanned, least) = pages_of(pdf), scan_all(pdf, len(rows))
    check(len(pages) == len(rows), f"{len(pages)} pages for {len(rows)} letters")
    codes, decoded = [], 0
    for row, page, found in zip(rows, pages, scanned, strict=True):
        number, _, *lines, language = row
        text = text_of(page)
        missing = [want for want in (number, *lines, f"{DOOR}/f") if want not in text]
        check(not missing, f"letter {number} lacks {missing}")
        said, brief = ("Invitation to answer", "på svenska.") if language else ("Inbjudan att svara", "in English.")
        check(said in text and brief in text, f"letter {number}: its language")
        printed = CODE.findall(text)
        wanted = [f"{DOOR.upper()}/K/{code.replace('-', '')}" for code in printed]
        hit = len(printed) == 1 and found == wanted
        check(hit, f"letter {number}: printed {printed}, scanned {found}")
        decoded += hit
        codes.extend(printed)
    check(len(set(codes)) == len(rows), "every letter has a code of its own")
    check(least >= 25, f"the smallest QR code is {least:.1f} mm wide")
    return codes, decoded, least


def answer(office, code):
    body = {"submission_id": str(uuid.uuid4()), "code": code, "language": "sv", "answers": {"E1": 1}}
    request = urllib.request.Request(
        f"{office.url}/api/rounds/{office.round}/answers",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--eight", required=True)
    parser.add_argument("--letters", type=int, default=50)
    parser.add_argument("--keep", type=pathlib.Path, help="folder that the PDF files are kept in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        in_eight_languages(arguments.eight, folder)
        settings = {"TRYGG_PUBLIC_URL": DOOR, "TRYGG_CONTACT": "Ring 0920-00 00 00."}
        office = Office(arguments.trygg, pathlib.Path(scratch) / "office", settings=settings)
        try:
            letters_of(office, folder, arguments.letters)
        finally:
            office.drop()
    print(f"{passed} passed, {failed} failed")
    return bool(failed)


def letters_of(office, folder, count):
    office.plan_round()
    rows = write_files(folder, count)
    pdf, reminder = folder / "letters.pdf", folder / "reminder.pdf"
    for old in (pdf, reminder):
        old.unlink(missing_ok=True)
    office.run("letters", "frame", office.round, folder / "frame.csv")
    began = time.monotonic()
    office.run("letters", "run", office.round, "--addresses", folder / "addresses.csv", "--pdf", pdf)
    seconds = time.monotonic() - began
    sound(pdf, count)
    codes, decoded, least = read_letters(pdf, rows)
    print(
        f"note: {count} letters in {seconds:.1f} s, {pdf.stat().st_size / 1e6:.2f} MB; {decoded} of {count} QR codes"
        f" decoded at {DPI} dpi, {least:.1f} mm wide"
    )
    office.schedule_round()
    office.serve()
    for code in codes[:3]:
        check(answer(office, code) == 201, f"the code of a letter answers: {code}")
    check(answer(office, codes[0]) == 409, "once")
    office.stop()
    # The last letters are seven days old, says the database.
    week = "2000-01-01T00:00:00+00:00"
    office.execute(f"UPDATE letter_runs SET made_at = '{week}'")
    office.run("letters", "remind", office.round, "--addresses", folder / "addresses.csv", "--pdf", reminder)
    sound(reminder, count - 3)
    again = [code for page in pages_of(reminder) for code in CODE.findall(text_of(page))]
    check(len(set(again)) == count - 3 and not set(again) & set(codes), "a reminder has second codes, for the others")


if __name__ == "__main__":
    sys.exit(main())
