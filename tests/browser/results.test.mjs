// Results pages and every other public page: reached by links, at both widths, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { at, BASE, browser, check, LANGUAGES, leave, visitor, WIDTHS } from "./support.mjs";

let chrome;
before(async () => { chrome = await browser(); });
after(() => chrome?.close());

/** Addresses of pages, not of files, on this host. */
const links = (page) =>
  page.locator("a[href]").evaluateAll((anchors) =>
    anchors.filter((anchor) => anchor.origin === location.origin && !anchor.hasAttribute("download")).map((anchor) => anchor.pathname),
  );

const isPage = (path, language) =>
  path.startsWith(`/${language}/`) && !/\.(csv|json|svg|png|xlsx|px)$/.test(path) && !/\/(f\/p\d+|console)/.test(path);

for (const language of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`every public page in ${language} at ${width} px reads well`, async () => {
      const visit = await visitor(chrome, { width });
      const { page } = visit;
      const waiting = [`/${language}/`];
      const seen = new Set(waiting);
      let checked = 0;
      const kinds = new Map();
      while (waiting.length) {
        const path = waiting.shift();
        const reply = await page.goto(path);
        assert.equal(reply.status(), 200, `${path} answers ${reply.status()}`);
        // Twelve districts have one form: two of a kind are looked at closely, the rest are only opened.
        const kind = path.split("/").filter((_, place) => place !== 3).join("/");
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (kinds.get(kind) <= 2) {
          await check(page, `public-${language}-${width}-${path.slice(4).replaceAll("/", "-") || "home"}`, { language });
        }
        checked += 1;
        for (const next of await links(page)) {
          if (!seen.has(next) && isPage(next, language) && seen.size < 120) {
            seen.add(next);
            waiting.push(next);
          }
        }
      }
      assert.ok(checked > 4, `only ${[...seen].join(" ")} could be reached`);
      await leave(visit);
    });
  }
}

test("results work without JavaScript, say that they are demo data, and draw charts with a table twin", async () => {
  for (const language of LANGUAGES) {
    const visit = await visitor(chrome, { width: 320, js: false });
    const { page } = visit;
    await page.goto(`/${language}/`);
    assert.match(await page.locator("body").innerText(), /Demodata/);
    const area = (await links(page)).find((path) => /\/areas\/./.test(path)) ?? `/${language}/areas`;
    await page.goto(area);
    if (!/\/areas\/./.test(at(page))) {
      const first = (await links(page)).find((path) => /\/areas\/./.test(path));
      assert.ok(first, "no district can be reached");
      await page.goto(first);
    }
    assert.match(await page.locator("body").innerText(), /Demodata/);
    const figures = page.locator("figure:has(svg)");
    assert.ok((await figures.count()) >= 1, "no chart");
    for (const figure of await figures.all()) {
      const svg = figure.locator("svg").first();
      assert.equal(await svg.getAttribute("role"), "img");
      assert.ok(await svg.locator("title").count(), "a chart without a title");
    }
    assert.ok((await page.locator("table").count()) >= 1, "no table twin");
    await leave(visit);
  }
});

test("results set no cookies and can be downloaded", async () => {
  const visit = await visitor(chrome, { js: false });
  const { context, page } = visit;
  await page.goto("/sv/");
  const seen = new Set(await links(page));
  for (const path of [...seen].filter((path) => isPage(path, "sv") && !path.startsWith("/sv/f")).slice(0, 12)) {
    await page.goto(path);
    for (const next of await links(page)) seen.add(next);
  }
  const resultsCookies = (await context.cookies()).filter((cookie) => !cookie.name.startsWith("__Host-s"));
  assert.deepEqual(resultsCookies, [], "a results page set a cookie");
  const file = await page.locator("a[href*='.csv'], a[href*='csv']").first().getAttribute("href").catch(() => null)
    ?? [...seen].find((path) => path.includes("csv"));
  assert.ok(file, "no download link");
  const reply = await context.request.get(new URL(file, `${BASE}/`).href);
  assert.equal(reply.status(), 200);
  assert.match(reply.headers()["content-type"], /text\/csv/);
  assert.match(await reply.text(), /Demodata/, "the file says that it is demo data");
  await leave(visit);
});

test("a page that is not there says so in the reader's language", async () => {
  for (const language of LANGUAGES) {
    const visit = await visitor(chrome, { width: 320 });
    const reply = await visit.page.goto(`/${language}/no-such-page`);
    assert.equal(reply.status(), 404);
    await check(visit.page, `public-${language}-320-not-found`, { language });
    await leave(visit);
  }
});

test("results pages weigh at most 150 kB and wide tables scroll within themselves", async () => {
  const visit = await visitor(chrome, { width: 320 });
  const { context, page } = visit;
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.goto("/sv/");
  const pages = (await links(page)).filter((path) => isPage(path, "sv"));
  for (const path of ["/sv/", ...pages].slice(0, 10)) {
    bytes = 0;
    await page.goto(path, { waitUntil: "networkidle" });
    assert.ok(bytes <= 150_000, `${path} weighs ${bytes} bytes`);
  }
  await leave(visit);
});
