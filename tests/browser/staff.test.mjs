// The console: signing in, a round through its stages, the opening, the release. Runs last: it ends
// the demo's open round.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { at, browser, check, leave, press as follow, visitor, WIDTHS } from "./support.mjs";

let chrome;
before(async () => { chrome = await browser(); });
after(() => chrome?.close());

const folder = process.env.TRYGG_DEMO;
const access = fs.readFileSync(path.join(folder, "access.txt"), "utf8");
const PASSWORD = /^Password\s+(.+)$/m.exec(access)[1];
const TOKEN = /^API token\s+(\S+)$/m.exec(access)[1];
const keyFile = fs.readdirSync(folder).find((name) => /^key-\d+\.txt$/.test(name));
const PASSPHRASE = fs.readFileSync(path.join(folder, keyFile), "utf8").trim();
const ROUND = `demo-${/\d+/.exec(keyFile)[0]}`;

async function signIn(page, password = PASSWORD) {
  await page.goto("/sv/console");
  assert.equal(at(page), "/sv/console/sign-in", "who is not signed in is sent to the door");
  await page.locator("#login").fill("demo");
  await page.locator("#password").fill(password);
  await follow(page, page.getByRole("button", { name: "Logga in" }));
}

const press = (page, name) => follow(page, page.getByRole("button", { name, exact: true }));
const stage = (page) => page.locator("dl.facts dd").first().innerText();

for (const width of WIDTHS) {
  test(`signing in and out at ${width} px, and the pages read well`, async () => {
    const visit = await visitor(chrome, { width, js: width > 400 });
    const { page, context } = visit;
    const rules = { language: "sv", target: 24, axe: width > 400 };
    await signIn(page, "not the password");
    assert.match(await page.title(), /Logga in/);
    await page.getByText("Namnet eller lösenordet stämmer inte.").first().waitFor();
    await check(page, `console-${width}-wrong`, rules);
    await signIn(page);
    assert.equal(at(page), "/sv/console");
    await check(page, `console-${width}-home`, rules);
    const cookie = (await context.cookies()).find((cookie) => cookie.name === "__Host-s");
    assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === "Strict", "the cookie is guarded");
    await follow(page, page.getByRole("link", { name: ROUND }));
    assert.equal(await stage(page), "öppen");
    await check(page, `console-${width}-round`, rules);
    await follow(page, page.getByRole("link", { name: "Kontorets räkning av bortfall" }));
    await check(page, `console-${width}-desk`, rules);
    await page.goto("/sv/console/breaks");
    await check(page, `console-${width}-breaks`, rules);
    await page.goto("/sv/console");
    await press(page, "Logga ut");
    await page.goto(`/sv/console/rounds/${ROUND}`);
    assert.equal(at(page), "/sv/console/sign-in", "the session is dead");
    // The old cookie is worth nothing any more.
    await context.addCookies([cookie]);
    await page.goto("/sv/console");
    assert.equal(at(page), "/sv/console/sign-in", "the old id is dead on the server");
    await leave(visit);
  });
}

test("a form that our page did not make is refused", async () => {
  const visit = await visitor(chrome, { js: false });
  const { page, context } = visit;
  await signIn(page);
  const reply = await context.request.post(`/sv/console/rounds/${ROUND}/move`, {
    form: { to: "closed", reason: "forged" },
    headers: { "sec-fetch-site": "same-origin" },
  });
  assert.equal(reply.status(), 403);
  await page.goto(`/sv/console/rounds/${ROUND}`);
  assert.equal(await stage(page), "öppen");
  await leave(visit);
});

test("a round goes through its stages to a release that the results page shows", async () => {
  const visit = await visitor(chrome, { js: false });
  const { page, context } = visit;
  await signIn(page);
  await follow(page, page.getByRole("link", { name: ROUND }));

  await press(page, "Pausa");
  await page.getByText("say why the round is paused").first().waitFor();
  await page.locator("#reason-paused").fill("Provning");
  await press(page, "Pausa");
  assert.equal(await stage(page), "pausad");
  const door = await context.request.get("/sv/f");
  assert.match(await door.text(), /Enkäten är pausad/);
  await press(page, "Öppna");
  assert.equal(await stage(page), "öppen");
  await page.locator("#reason-closed").fill("Alla har svarat");
  await press(page, "Stäng i förtid");
  assert.equal(await stage(page), "stängd");

  await page.locator("#share").fill("wrong words that open nothing");
  await press(page, "Öppna kuverten");
  await page.locator(".summary").waitFor();
  assert.equal(await stage(page), "stängd", "a wrong share opens nothing");
  await page.locator("#share").fill(PASSPHRASE);
  await press(page, "Öppna kuverten");
  assert.equal(await stage(page), "kuverten öppnade");
  await check(page, "console-1280-opened", { language: "sv", axe: false });
  await press(page, "Beräkna och publicera");
  assert.equal(await stage(page), "publicerad");

  await press(page, "Beräkna och publicera");
  await page.locator(".summary").waitFor();
  await page.locator("#why").fill("Rättad vikt");
  await press(page, "Beräkna och publicera");
  const released = await page.locator("dl.facts a").innerText();
  assert.match(released, /^R-\d{4}-2-Demodata$/, "a correction is a new release");
  const year = released.slice(2, 6);
  const manifest = await (await context.request.get(`/api/releases/R-${year}-1-Demodata`)).json();
  assert.equal(manifest.superseded_by, released);
  await page.goto("/sv/areas");
  assert.match(await page.locator("body").innerText(), new RegExp(released));
  const archived = await context.request.post(`/api/rounds/${ROUND}/transitions`, {
    data: { to: "archived" },
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  assert.equal((await archived.json()).stage, "archived");
  await leave(visit);
});
