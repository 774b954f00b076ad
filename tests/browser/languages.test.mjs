// The six languages beside Swedish and English: F1, F4, A1 and A4 on every page of the resident.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { at, browser, check, codes, leave, press, visitor } from "./support.mjs";

/** Tag in addresses, and what `lang` says of it. */
const OTHERS = [["sv-x-lattlast", "sv"], ["fi", "fi"], ["fit", "fit"], ["se", "se"], ["smj", "smj"], ["ar", "ar"]];
/** Words of the subject, which a browser's history must not keep. */
const TOPIC = /trygg|polis|brott|safe|crime|turvallis|turvalis|riko|rikho|oadje|rihk|boles|jassk|lágajn|أمان|جريمة|شرطة/i;
const ALL = ["sv", "sv-x-lattlast", "fi", "fit", "se", "smj", "en", "ar"];

let chrome;
before(async () => { chrome = await browser(); });
after(() => chrome?.close());
const nextCode = codes(60);

const onward = (page) => page.locator("main p.go button");

async function enter(page, tag, code) {
  await page.goto(`/${tag}/f`);
  await page.locator("input[name=code]").fill(code);
  await press(page, page.locator("main form button"));
}

const items = (page) =>
  page.locator("main input[type=radio]").evaluateAll((radios) => [...new Set(radios.map((radio) => radio.name))]);

const chosen = (page) =>
  page.locator("main input[type=radio]:checked").evaluateAll((radios) => radios.map((radio) => `${radio.name}=${radio.value}`));

/** Chooses an option of every item so that every page is shown: not out, and a victim of everything. */
async function answer(page) {
  await page.locator("main").evaluate((main) => {
    for (const item of main.querySelectorAll("fieldset")) {
      const radios = [...item.querySelectorAll("input[type=radio]")];
      const { name } = radios[0];
      radios[name === "E1" ? 4 : /^C[1-8]$/.test(name) ? 1 : 0].checked = true;
    }
  });
}

for (const [tag, lang] of OTHERS) {
  test(`every page of the resident in ${tag} fits 320 px and has no fault that axe finds`, async () => {
    const visit = await visitor(chrome, { width: 320 });
    const { page } = visit;
    const seen = async (part) => {
      await check(page, `language-${tag}-320-${part}`, { language: lang, target: 44 });
      assert.doesNotMatch(`${await page.title()} ${at(page)}`, TOPIC);
    };
    for (const part of ["f/help", "f/promise", "privacy", "cookies", "accessibility"]) {
      assert.equal((await page.goto(`/${tag}/${part}`)).status(), 200, part);
      await seen(part);
    }
    for (const part of ["f/nowhere/at/all", "nowhere", "console"]) {
      assert.equal((await page.goto(`/${tag}/${part}`)).status(), 404, part);
      await seen(`404-${part}`);
    }
    await enter(page, tag, "7K3M9QX2TX");
    await seen("wrong-code");
    const code = nextCode();
    await enter(page, tag, code);
    const first = at(page);
    await press(page, onward(page));
    await page.locator("main .notice").waitFor();
    await seen("skipped");
    assert.equal((await page.goto(`/${tag}/f/stop`)).status(), 200);
    await seen("stop");
    await page.goto(`/${tag}/f`);
    await seen("start-unfinished");
    await page.goto(first);
    let pages = 0;
    for (; pages < 40 && !at(page).endsWith("/receipt"); pages += 1) {
      await answer(page);
      await seen(at(page).split("/").pop());
      await press(page, onward(page));
    }
    assert.equal(pages, 16, "every page was shown");
    await seen("receipt");
    await page.goto(first);
    await seen("answered");
    for (const cookie of await visit.context.cookies()) assert.doesNotMatch(cookie.name, TOPIC);
    await leave(visit);

    const again = await visitor(chrome, { width: 320 });
    await enter(again.page, tag, code);
    await check(again.page, `language-${tag}-320-used`, { language: lang, target: 44 });
    await enter(again.page, tag, nextCode());
    await press(again.page, again.page.locator("footer form button"));
    assert.ok(at(again.page).endsWith("/f/deleted"));
    await check(again.page, `language-${tag}-320-deleted`, { language: lang, target: 44 });
    await leave(again);
  });
}

test("the switch keeps the page, what was saved and what was not, with JavaScript off", async () => {
  const visit = await visitor(chrome, { width: 320, js: false });
  const { page } = visit;
  await enter(page, "sv", nextCode());
  for (let step = 0; step < 4; step += 1) {
    const here = at(page).split("/").pop();
    const fields = await items(page);
    for (const [turn, tag] of [...ALL.slice(1), ALL[0]].entries()) {
      for (const item of fields) {
        await page.locator(`main input[name="${item}"]`).nth(turn % 2).check({ force: true });
      }
      const before = await chosen(page);
      await press(page, page.locator(`.languages button[value="${tag}"]`));
      assert.equal(at(page), `/${tag}/f/${here}`);
      assert.deepEqual(await chosen(page), before, `nothing is lost on the way to ${tag} on ${here}`);
      assert.equal(await page.locator(".languages [aria-current=true]").getAttribute("value"), tag);
    }
    await press(page, onward(page));
  }
  await leave(visit);
});

test("Enter on an answer goes on and neither clears nor changes the language", async () => {
  const visit = await visitor(chrome, { js: false });
  const { page } = visit;
  await enter(page, "fi", nextCode());
  const first = at(page);
  for (const item of await items(page)) await page.locator(`main input[name="${item}"]`).first().check({ force: true });
  await page.locator("main input[type=radio]:checked").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== first);
  assert.match(at(page), /^\/fi\/f\/p\d+$/);
  await leave(visit);
});

test("Arabic runs from right to left: answers, the way back, and not the codes", async () => {
  for (const width of [320, 1280]) {
    const visit = await visitor(chrome, { width });
    const { page } = visit;
    await page.goto("/ar/f");
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("input.code")).direction), "ltr");
    await enter(page, "ar", nextCode());
    await answer(page);
    await press(page, onward(page));
    const places = await page.evaluate(() => {
      const place = (element) => element.getBoundingClientRect();
      const radio = document.querySelector("main input[type=radio]");
      const back = document.querySelector(".back a");
      const arrow = new DOMMatrix(getComputedStyle(back, "::before").transform);
      return {
        dir: getComputedStyle(document.body).direction,
        radio: place(radio).left - place(radio.labels[0]).right,
        back: document.documentElement.clientWidth - place(back).right,
        // The drawn corner, at the lower inline start of its box, is turned to where the reading came from.
        points: Math.round(Math.cos(Math.PI / 4 + Math.atan2(arrow.b, arrow.a)) * 100),
      };
    });
    assert.equal(places.dir, "rtl");
    assert.ok(places.radio >= 0, `the button stands to the right of its words: ${places.radio}`);
    assert.ok(places.back < width / 2, `the way back stands at the right: ${places.back}`);
    assert.equal(places.points, 100, "the arrow points to the right");
    await leave(visit);
  }
});
