import { browser, visitor, violations } from "./support.mjs";
const chrome = await browser();
for (const spec of process.argv.slice(2)) {
  const [path, width, name] = spec.split("@");
  const v = await visitor(chrome, { width: Number(width) });
  await v.page.goto(path);
  const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  console.log(spec, "overflow", wide, await violations(v.page), v.errors);
  await v.page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
  await v.context.close();
}
await chrome.close();
