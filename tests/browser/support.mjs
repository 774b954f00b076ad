// A browser, the rules that hold on every page, and codes. The tests say what they walk.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Address of the running demo, without a slash at the end. */
export const BASE = (process.env.TRYGG_URL ?? "").replace(/\/$/, "");
const HOST = new URL(BASE).host;
const SCREENS = process.env.SCREENS ?? path.join(import.meta.dirname, "../../.cache/tests/screens");
fs.mkdirSync(SCREENS, { recursive: true });

export const LANGUAGES = ["sv", "en"];
export const WIDTHS = [320, 1280];

/** Starts the system's Chromium; it may talk to the demo only. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A fresh visitor. `foreign` lists what the pages asked of other hosts; nothing of it is sent. */
export async function visitor(chrome, { width = 1280, js = true, bypassCSP = false } = {}) {
  const context = await chrome.newContext({
    baseURL: BASE,
    javaScriptEnabled: js,
    viewport: { width, height: 720 },
    bypassCSP,
  });
  context.setDefaultTimeout(10_000);
  const foreign = [];
  await context.route(
    (url) => url.host !== HOST && url.protocol.startsWith("http"),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (line) => {
    if (/Content Security Policy/.test(line.text())) errors.push(line.text());
  });
  return { context, page, foreign, errors };
}

let taken = 0;
/** Letter codes of the demo's open round; each test file begins at its own place. */
export function codes(from) {
  const folder = process.env.TRYGG_DEMO;
  const found = [];
  const look = (place) => {
    for (const entry of fs.readdirSync(place, { withFileTypes: true })) {
      const file = path.join(place, entry.name);
      if (entry.isDirectory()) look(file);
      else if (/\.csv$/.test(entry.name)) found.push(file);
    }
  };
  look(folder);
  for (const file of found) {
    const [head, ...lines] = fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/);
    const separator = head.includes(";") ? ";" : ",";
    const column = head.split(separator).indexOf("code");
    if (column >= 0) {
      const all = lines.map((line) => line.split(separator)[column]);
      return () => {
        const code = all[from + taken++];
        assert.ok(code, `the demo has too few codes in ${file}`);
        return code;
      };
    }
  }
  throw new Error(`no file with a column 'code' under ${folder}`);
}

/** What must hold on every page, at every width, in every language. */
export async function check(page, name, { language, axe = true, target = 0, h1 = true } = {}) {
  const facts = await page.evaluate(() => ({
    title: document.title,
    lang: document.documentElement.lang,
    h1: document.querySelectorAll("h1").length,
    main: document.querySelectorAll("main").length,
    styled: document.querySelectorAll("[style]").length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.body.innerText,
  }));
  await page.screenshot({ path: path.join(SCREENS, `${name.replace(/[^\w.-]+/g, "_")}.png`), fullPage: true });
  assert.ok(facts.title.trim(), `${name}: no title`);
  if (language) assert.equal(facts.lang, language, `${name}: lang`);
  if (h1) assert.equal(facts.h1, 1, `${name}: one h1`);
  assert.equal(facts.main, 1, `${name}: one main`);
  assert.equal(facts.styled, 0, `${name}: inline styles`);
  assert.ok(facts.wide <= 0, `${name}: ${facts.wide} px of sideways scroll`);
  assert.doesNotMatch(facts.text, /\{\s*\$?[A-Za-z]\w*\s*\}|‹|Unknown localization|undefined|NaN/, `${name}: a text is missing`);
  if (target) assert.deepEqual(await smallTargets(page, target), [], `${name}: targets under ${target} px`);
  if (axe) assert.deepEqual(await violations(page), [], `${name}: axe`);
}

/** Faults that axe-core finds, one line each. */
export async function violations(page) {
  const present = await page.evaluate("typeof axe").catch(() => "undefined");
  if (present !== "object") await page.evaluate(AXE);
  const found = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
    TAGS,
  );
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary?.replace(/\s+/g, " ")}`),
  );
}

/** Controls smaller than `least` px in either direction; links within text are exempt (WCAG 2.5.8). */
export function smallTargets(page, least) {
  return page.evaluate((size) => {
    const shown = (box) => box.width > 0 && box.height > 0;
    const controls = document.querySelectorAll(
      "button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, summary",
    );
    const found = [];
    const judge = (element, box) => {
      if (shown(box) && (box.width < size - 0.5 || box.height < size - 0.5)) {
        found.push(`${element.tagName} ${(element.textContent || element.name || "").trim().slice(0, 30)} ${Math.round(box.width)}×${Math.round(box.height)}`);
      }
    };
    for (const control of controls) {
      // What neither a pointer nor a reader meets is no target: the button that Enter presses.
      if (!control.matches("[aria-hidden=true][tabindex='-1']")) judge(control, control.getBoundingClientRect());
    }
    for (const radio of document.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      const label = radio.labels?.[0] ?? radio;
      const [a, b] = [radio.getBoundingClientRect(), label.getBoundingClientRect()];
      const left = Math.min(a.left, b.left), top = Math.min(a.top, b.top);
      judge(label, { width: Math.max(a.right, b.right) - left, height: Math.max(a.bottom, b.bottom) - top });
    }
    return found;
  }, least);
}

/** Presses a button or link that leads to a page, and waits until that page is there. */
export async function press(page, locator) {
  const loaded = page.waitForEvent("load");
  await locator.click();
  await loaded;
}

/** The path of the page's address. */
export function at(page) {
  return new URL(page.url()).pathname;
}

/** Closes the visit; nothing may have been asked of another host. */
export async function leave({ context, foreign, errors }, allowed = []) {
  await context.close();
  assert.deepEqual(foreign.filter((url) => !allowed.some((start) => url.startsWith(start))), [], "requests to other hosts");
  assert.deepEqual(errors, [], "errors in the page");
}
