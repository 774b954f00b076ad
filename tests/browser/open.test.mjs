// The open link of a place: F1, F2, A1, A5, A8 and what the proof of work needs of a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, WIDTHS, at, browser, check, leave, press, visitor } from "./support.mjs";

const WORDS = {
  sv: { begin: /^Börja$/, next: /^Fortsätt$/, send: /^Skicka/, home: "Välj var du bor.", wait: /Vänta \d+ sekund/ },
  en: { begin: /^Start$/, next: /^Continue$/, send: /^Send/, home: "Choose where you live.", wait: /Wait \d+ second/ },
};

let chrome;
before(async () => { chrome = await browser(); });
after(() => chrome?.close());

for (const language of LANGUAGES) {
  for (const width of WIDTHS) {
    for (const js of [false, true]) {
      test(`somebody answers at a place in ${language} at ${width} px with JavaScript ${js ? "on" : "off"}`, async () => {
        const words = WORDS[language];
        const visit = await visitor(chrome, { width, js });
        const { page } = visit;
        const name = (part) => `open-${language}-${width}-${js ? "js" : "nojs"}-${part}`;
        const rules = { language, axe: js, target: 44 };
        const onward = () => page.getByRole("button", { name: words.next }).or(page.getByRole("button", { name: words.send })).first();

        await page.goto(`/${language}/p/storgatan`);
        await check(page, name("start"), rules);
        assert.equal(await page.locator("input[name=code]").count(), 0);
        const sent = page.waitForRequest((request) => request.method() === "POST");
        await press(page, page.getByRole("button", { name: words.begin }));
        const number = new URLSearchParams((await sent).postData()).get("number");
        assert.match(number, js ? /^\d+$/ : /^$/, "a number is found by the script only");
        assert.equal(at(page), `/${language}/f/p01`);
        await check(page, name("p01"), rules);

        await press(page, onward());
        await check(page, name("home"), { ...rules, h1: true });
        assert.match(await page.locator("main").innerText(), new RegExp(words.home.replace(".", "\\.")));
        for (let step = 0; step < 20; step++) {
          for (const item of new Set(await page.locator("main input[type=radio]").evaluateAll((all) => all.map((one) => one.name)))) {
            await page.locator(`main input[type=radio][name="${item}"]`).first().check({ force: true });
          }
          const last = await page.getByRole("button", { name: words.send }).count();
          await press(page, onward());
          if (last) break;
        }
        // Faster than anybody reads: told, with the answers kept.
        assert.equal(at(page), `/${language}/f/send`);
        assert.match(await page.locator("main").innerText(), words.wait);
        await check(page, name("too-soon"), rules);
        await leave(visit);
      });
    }
  }
}

test("the open link's page weighs little and asks nobody else", async () => {
  const visit = await visitor(chrome, { width: 320 });
  const { context, page } = visit;
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const kinds = new Map();
  const bytes = new Map();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await page.goto("/sv/p/storgatan", { waitUntil: "networkidle" });
  const all = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(all > 0 && all <= 50_000, `the first page weighs ${all} bytes`);
  const script = bytes.get("Script");
  assert.ok(script > 0 && script <= 10_000, `the script weighs ${script} bytes`);
  await leave(visit);
});
