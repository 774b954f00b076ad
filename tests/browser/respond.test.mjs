// The resident's form: F1, F2, A1, A3, A4, A5, A8 and the answers' own rules, sv and en.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { at, browser, check, codes, LANGUAGES, leave, press, visitor, WIDTHS } from "./support.mjs";

const WORDS = {
  sv: { next: /^Fortsätt$/, send: /^Skicka/, begin: /^Börja$/, exit: /Lämna sidan snabbt/, back: /^Tillbaka/, fault: /^Fel: /, summary: "Det finns ett problem", wrong: "Koden stämmer inte.", unknown: "Välj ett av svaren i listan.", used: "Den här koden är redan använd.", skipped: /Du har inte svarat på fråg/, thanks: "Dina svar har kommit fram", other: "English" },
  en: { next: /^Continue$/, send: /^Send/, begin: /^(Start|Begin)/, exit: /Leave this page quickly/, back: /^Back/, fault: /^(Error|Fault): /, summary: "There is a problem", wrong: "The code is not right.", unknown: "Choose one of the answers in the list.", used: "This code has already been used.", skipped: /You have not answered question/, thanks: "Thank you", other: "Svenska" },
};

let chrome;
before(async () => { chrome = await browser(); });
after(() => chrome?.close());
const nextCode = codes(0);

/** The button that leads on from a page of the form. */
const onward = (page, words) => page.getByRole("button", { name: words.next }).or(page.getByRole("button", { name: words.send })).first();

async function enter(page, language, code) {
  const words = WORDS[language];
  await page.goto(`/${language}/f`);
  await page.locator("input[name=code]").fill(code);
  await press(page, page.getByRole("button", { name: words.begin }));
}

/** Items of the page, in the order in which they stand. */
const items = (page) =>
  page.locator("main input[type=radio]").evaluateAll((radios) => [...new Set(radios.map((radio) => radio.name))]);

const chosen = (page) =>
  page.locator("main input[type=radio]:checked").evaluateAll((radios) => radios.map((radio) => `${radio.name}=${radio.value}`));

/** Chooses an option of every item: by label, as a person does. `routed` opens the follow-up pages. */
async function answer(page, routed) {
  for (const item of await items(page)) {
    const radios = page.locator(`main input[type=radio][name="${item}"]`);
    const place = routed && item === "E1" ? 4 : routed && /^C[1-8]$/.test(item) ? 1 : 0;
    await radios.nth(place).check({ force: true });
  }
}

for (const language of LANGUAGES) {
  for (const width of WIDTHS) {
    for (const js of [false, true]) {
      test(`a resident answers in ${language} at ${width} px with JavaScript ${js ? "on" : "off"}`, async () => {
        const words = WORDS[language];
        const visit = await visitor(chrome, { width, js });
        const { page } = visit;
        const name = (part) => `respond-${language}-${width}-${js ? "js" : "nojs"}-${part}`;
        const rules = { language, axe: js, target: 44 };
        const code = nextCode();
        const routed = js;

        await page.goto(`/${language}/f`);
        await check(page, name("start"), rules);
        // Typed as people type: lower case, blanks, O for 0, I for 1.
        await page.locator("input[name=code]").fill(` ${code.toLowerCase().replaceAll("0", "o").replaceAll("1", "i")} `);
        await press(page, page.getByRole("button", { name: words.begin }));
        assert.match(at(page), new RegExp(`^/${language}/f/p\\d+$`));

        // Nothing chosen: one notice, never a block.
        const first = at(page);
        await press(page, onward(page, words));
        assert.equal(at(page), first, "an unanswered page comes back once");
        await page.getByText(words.skipped).first().waitFor();
        await check(page, name("skipped"), rules);
        await press(page, onward(page, words));
        assert.notEqual(at(page), first, "the second press goes on");

        // The link back and a reload show what was saved.
        await press(page, page.getByRole("link", { name: words.back }).first());
        assert.equal(at(page), first);
        await answer(page, routed);
        const saved = await chosen(page);
        await press(page, onward(page, words));
        await page.goBack();
        await page.reload();
        assert.deepEqual(await chosen(page), saved, "a reload shows what was saved");

        // Another language keeps page and answers.
        const here = at(page);
        await press(page, page.getByRole("button", { name: words.other }).first());
        assert.equal(at(page).split("/").pop(), here.split("/").pop(), "the language switch keeps the page");
        assert.deepEqual(await chosen(page), saved, "the language switch keeps the answers");
        await page.goto(here);

        const seen = [];
        for (let step = 0; step < 40 && !at(page).endsWith("/receipt"); step += 1) {
          seen.push(at(page).split("/").pop());
          await answer(page, routed);
          await check(page, name(seen.at(-1)), rules);
          await press(page, onward(page, words));
        }
        assert.ok(at(page).endsWith("/receipt"), `no receipt after ${seen.join(" ")}`);
        assert.ok(seen.length >= 12, `only ${seen.join(" ")}`);
        assert.equal(new Set(seen).size, seen.length, `a page came twice: ${seen.join(" ")}`);
        assert.equal(seen.includes("p03"), routed, "the reason for staying in is asked of those who stay in");
        assert.equal(seen.includes("p11"), routed, "the place is asked after a crime");

        await page.getByText(words.thanks).first().waitFor();
        await check(page, name("receipt"), rules);
        const word = (text) => text.match(/\b[0-9A-HJKMNP-TV-Z]{6}\b/)?.[0];
        const receipt = word(await page.locator("main").innerText());
        assert.ok(receipt, "the receipt shows a word of six signs");
        await page.reload();
        assert.equal(word(await page.locator("main").innerText()), receipt, "a reload shows the same receipt");

        // Back after the receipt never sends again and shows no answers.
        await page.goBack();
        assert.deepEqual(await chosen(page), [], "no answers after the receipt");

        const again = await visitor(chrome, { width, js });
        await enter(again.page, language, code);
        await again.page.getByText(words.used).first().waitFor();
        await check(again.page, name("used"), rules);
        await leave(again);
        await leave(visit);
      });
    }
  }
}

test("a wrong code is told with the focus on the summary, and what was typed is kept", async () => {
  for (const language of LANGUAGES) {
    const words = WORDS[language];
    const visit = await visitor(chrome, { width: 320, js: false });
    const { page } = visit;
    await enter(page, language, "7K3M9QX2TX");
    assert.match(await page.title(), words.fault);
    await page.getByText(words.wrong).first().waitFor();
    const focused = await page.evaluate(() => document.activeElement?.innerText ?? "");
    assert.ok(focused.includes(words.summary), `the focus is on: ${focused.slice(0, 80)}`);
    assert.equal(await page.locator("input[name=code]").inputValue(), "7K3M9QX2TX");
    await check(page, `respond-${language}-wrong-code`, { language, axe: false, target: 44 });
    // The summary's link leads to the field.
    await page.locator("main a[href^='#']").first().click();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "code");
    await leave(visit);
  }
});

test("an answer that is not in the list is refused by name and the other answers stay", async () => {
  for (const language of LANGUAGES) {
    const words = WORDS[language];
    const visit = await visitor(chrome, { width: 320 });
    const { page } = visit;
    await enter(page, language, nextCode());
    await answer(page, false);
    const [forged, kept] = await items(page);
    await page.locator(`input[name="${forged}"]:checked`).evaluate((radio) => { radio.value = "77"; });
    await press(page, onward(page, words));
    assert.match(await page.title(), words.fault);
    await page.getByText(words.unknown).first().waitFor();
    const focused = await page.evaluate(() => document.activeElement?.innerText ?? "");
    assert.ok(focused.includes(words.summary), `the focus is on: ${focused.slice(0, 80)}`);
    const link = await page.locator("main a[href^='#']").first().getAttribute("href");
    assert.equal(await page.locator(link).getAttribute("name"), forged, "the summary leads to the item");
    if (kept) assert.ok((await chosen(page)).some((pair) => pair.startsWith(`${kept}=`)), "the other answer is kept");
    await check(page, `respond-${language}-unknown-option`, { language, target: 44 });
    await leave(visit);
  }
});

test("a stored answer can be taken back", async () => {
  const visit = await visitor(chrome, { js: false });
  const { page } = visit;
  await enter(page, "sv", nextCode());
  const first = at(page);
  await answer(page, false);
  await press(page, onward(page, WORDS.sv));
  await page.goto(first);
  const [item] = await items(page);
  await press(page, page.locator(`button[name=clear][value="${item}"]`));
  assert.equal(at(page), first);
  assert.ok(!(await chosen(page)).some((pair) => pair.startsWith(`${item}=`)), "the answer is gone");
  await leave(visit);
});

test("the quick exit leaves nothing behind", async () => {
  for (const js of [false, true]) {
    const visit = await visitor(chrome, { width: 320, js });
    const { context, page } = visit;
    const code = nextCode();
    await enter(page, "sv", code);
    await answer(page, true);
    const exit = page.getByRole("button", { name: WORDS.sv.exit });
    for (let step = 0; step < 40 && !(await exit.count()); step += 1) {
      await answer(page, true);
      await press(page, onward(page, WORDS.sv));
    }
    const sensitive = at(page);
    await check(page, `respond-sv-320-exit-offered-${js ? "js" : "nojs"}`, { language: "sv", axe: js, target: 44 });
    const gone = page.waitForResponse((reply) => new URL(reply.url()).pathname === "/sv/f/x");
    await exit.first().click();
    const bare = await gone;
    assert.equal(bare.status(), 200);
    // The browser has left already; the page itself is asked for once more.
    assert.match(await (await context.request.get("/sv/f/x")).text(), /http-equiv="?refresh/i);
    assert.ok(!(await context.cookies()).some((cookie) => cookie.name === "__Host-f" && cookie.value), "the cookie is gone");
    // Whoever comes back meets the start page, with no answers.
    const later = await context.newPage();
    await later.goto(sensitive);
    assert.deepEqual(await chosen(later), []);
    assert.ok(await later.locator("input[name=code]").count(), "the start page asks for the code again");
    // The code was not spent.
    await enter(later, "sv", code);
    assert.match(at(later), /\/sv\/f\/p\d+$/);
    await leave(visit, [exitAddress]);
  }
});
const exitAddress = process.env.TRYGG_EXIT_URL ?? "https://www.wikipedia.org/";

test("the code of a scanned letter is filled in and not spent", async () => {
  const visit = await visitor(chrome, { js: false });
  const { page } = visit;
  const code = nextCode();
  await page.goto(`/k/${code.replaceAll("-", "").toLowerCase()}`);
  assert.match(at(page), /^\/(sv|en)\/f$/, "the browser asks for no other language");
  const typed = await page.locator("input[name=code]").inputValue();
  assert.equal(typed.replaceAll(/[\s-]/g, "").toUpperCase(), code.replaceAll("-", ""));
  await leave(visit);
});

test("promise and help stand open to everyone", async () => {
  for (const language of LANGUAGES) {
    for (const width of WIDTHS) {
      const visit = await visitor(chrome, { width });
      for (const part of ["promise", "help"]) {
        const reply = await visit.page.goto(`/${language}/f/${part}`);
        assert.equal(reply.status(), 200);
        await check(visit.page, `respond-${language}-${width}-${part}`, { language, target: 44 });
        assert.doesNotMatch(
          await visit.page.locator("main").innerText(),
          /helt anonym|100 ?%|omöjligt|completely anonymous/i,
          "no promise that cannot be kept",
        );
      }
      await leave(visit);
    }
  }
});

test("a respondent's address, title and cookies do not tell the topic", async () => {
  const visit = await visitor(chrome, { js: false });
  const { context, page } = visit;
  await enter(page, "sv", nextCode());
  for (let step = 0; step < 30 && !at(page).endsWith("/receipt"); step += 1) {
    assert.doesNotMatch(`${await page.title()} ${at(page)}`, /trygg|polis|brott|otrygg|safe|police|crime/i);
    await press(page, onward(page, WORDS.sv));
  }
  for (const cookie of await context.cookies()) assert.doesNotMatch(cookie.name, /trygg|polis|brott/i);
  await leave(visit);
});

test("the form can be walked by keyboard alone, and the focus is always seen", async () => {
  const visit = await visitor(chrome, { width: 1280 });
  const { page } = visit;
  await page.goto("/sv/f");
  const focused = () => page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const carrier = element.matches("input[type=radio]") ? (element.labels?.[0] ?? element) : element;
    const around = getComputedStyle(carrier);
    const seen = [style, around].some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
    return { name: element.getAttribute("name"), tag: element.tagName, text: (element.innerText ?? "").trim(), seen, top: element.getBoundingClientRect().top + scrollY };
  });
  const tabTo = async (wanted) => {
    let last = -Infinity;
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      const now = await focused();
      if (!now) continue;
      assert.ok(now.seen, `the focus on ${now.tag} ${now.name ?? now.text} cannot be seen on ${at(page)}`);
      if (now.tag !== "A") { assert.ok(now.top >= last - 60, `Tab goes up the page at ${now.tag} ${now.name}`); last = now.top; }
      if (wanted(now)) return now;
    }
    assert.fail(`Tab never reaches it on ${at(page)}`);
  };
  await tabTo((now) => now.name === "code");
  await page.keyboard.type(nextCode());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/f\/p\d+$/);
  for (let step = 0; step < 3; step += 1) {
    const before = at(page);
    for (const item of await items(page)) {
      await tabTo((now) => now.name === item);
      await page.keyboard.press("Space");
    }
    await tabTo((now) => now.tag === "BUTTON" && WORDS.sv.next.test(now.text));
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== before);
  }
  await leave(visit);
});

test("text at 200 % and wide spacing fit a narrow page", async () => {
  const visit = await visitor(chrome, { width: 320, bypassCSP: true });
  const { page } = visit;
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await enter(page, "sv", nextCode());
  for (let step = 0; step < 12 && !at(page).endsWith("/receipt"); step += 1) {
    // WCAG 1.4.12, the four overrides.
    await page.addStyleTag({
      content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
    });
    assert.ok((await wide()) <= 0, `spacing makes ${at(page)} scroll sideways`);
    const covered = await page.evaluate(() =>
      [...document.querySelectorAll("main label, main legend, main button:not([aria-hidden]), main p")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible")
        .map((box) => box.textContent.trim().slice(0, 40)),
    );
    assert.deepEqual(covered, [], `text is cut off on ${at(page)}`);
    await press(page, onward(page, WORDS.sv));
  }
  await leave(visit);
});

test("pages weigh what a slow connection can bear", async () => {
  const visit = await visitor(chrome, { width: 320 });
  const { context, page } = visit;
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const kinds = new Map();
  let bytes = 0, requests = 0, css = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
    if (kinds.get(requestId) === "Stylesheet") css += encodedDataLength;
  });
  await page.goto("/sv/f", { waitUntil: "networkidle" });
  assert.ok(bytes > 0 && bytes <= 50_000, `the first page weighs ${bytes} bytes`);
  assert.ok(css <= 12_000, `the stylesheet weighs ${css} bytes`);
  assert.ok(requests <= 3, `the first page takes ${requests} requests`);
  await page.locator("input[name=code]").fill(nextCode());
  await press(page, page.getByRole("button", { name: WORDS.sv.begin }));
  for (let step = 0; step < 16 && !at(page).endsWith("/receipt"); step += 1) {
    await answer(page, true);
    await page.waitForLoadState("networkidle");
    bytes = 0;
    await press(page, onward(page, WORDS.sv));
    await page.waitForLoadState("networkidle");
    assert.ok(bytes <= 10_000, `${at(page)} weighs ${bytes} bytes`);
  }
  await leave(visit);
});
