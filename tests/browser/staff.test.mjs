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

async function signIn(page, password = PASSWORD, login = "demo") {
  await page.goto("/sv/console");
  assert.equal(at(page), "/sv/console/sign-in", "who is not signed in is sent to the door");
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await follow(page, page.getByRole("button", { name: "Logga in" }));
}

const press = (page, name) => follow(page, page.getByRole("button", { name, exact: true }));
// A releaser looks at what waits, types the password once more and signs; gives the page's text then.
async function sign(login, id, { width = 1280, wrong = false } = {}) {
  const visit = await visitor(chrome, { js: false, width });
  const { page } = visit;
  await signIn(page, PASSWORD, login);
  await follow(page, page.getByRole("link", { name: id }));
  await check(page, `console-${width}-candidate-${login}`, { language: "sv", axe: false });
  if (wrong) {
    await page.locator("#password-sign").fill("not the password");
    await press(page, "Skriv under");
    await page.getByText("Lösenordet stämmer inte.").first().waitFor();
    await check(page, `console-${width}-candidate-wrong`, { language: "sv", axe: false });
  }
  await page.locator("#password-sign").fill(PASSWORD);
  await press(page, "Skriv under");
  const text = await page.locator("main").innerText();
  await leave(visit);
  return text;
}

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
  const back = at(page);
  await press(page, "Beräkna och sammanställ");
  const first = /R-\d{4}-1-Demodata/.exec(at(page))[0];
  await check(page, "console-1280-candidate", { language: "sv", axe: false });
  assert.equal(await page.locator("#password-sign").count(), 0, "who composed it does not sign it");
  assert.equal((await context.request.get(`/api/releases/${first}`)).status(), 404, "nothing is public yet");
  assert.match(await sign("demo-polis", first, { width: 320, wrong: true }), /Har inte skrivit under än: kommunen/);
  assert.equal((await context.request.get(`/api/releases/${first}`)).status(), 404, "one of two is not enough");
  assert.match(await sign("demo-kommun", first), /Publiceringen är offentlig/);
  await page.goto(back);
  assert.equal(await stage(page), "publicerad");

  await press(page, "Beräkna och sammanställ");
  await page.locator(".summary").waitFor();
  await page.locator("#why").fill("Rättad vikt");
  await press(page, "Beräkna och sammanställ");
  const released = /R-\d{4}-2-Demodata/.exec(at(page))[0];
  for (const login of ["demo-kommun", "demo-polis"]) await sign(login, released);
  await page.goto(back);
  assert.equal(await page.locator("dl.facts a").innerText(), released, "a correction is a new release");
  await page.goto("/sv/corrections");
  await check(page, "results-1280-corrections", { language: "sv", axe: false });
  await follow(page, page.locator(`a[href$="/r/${released}/changes"]`));
  assert.match(await page.locator("main").innerText(), /Rättad vikt/);
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
