// The cheat sheet: it says what the page says, is readable on every screen, and two sheets of paper hold it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";

const words = (cells) =>
  cells.map((cell) => [...cell.querySelectorAll("[aria-hidden]")].reduce((text, silent) => text.replace(silent.textContent, ""), cell.textContent).trim());

test("its rows are those of the page", { tag: ["@anywhere", "@core"] }, async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const shown = await playground.rows();
  await page.goto("./cheatsheet.html");
  const rows = await page.locator("table.netpol tbody tr, table.netpol tfoot tr").all();
  const printed = await Promise.all(rows.map((row) => row.locator("th, td").evaluateAll(words)));
  expect(printed.map(([name, , ...answers]) => [name, ...answers])).toEqual(shown.map(([name, , ...answers]) => [name, ...answers]));
  expect(printed.slice(0, -1).map(([, spec]) => spec)).toEqual(shown.slice(0, -1).map(([, spec]) => spec));
});

test("its links lead to texts and to the codes, wherever the site is", { tag: "@anywhere" }, async ({ playground }) => {
  const { page } = playground;
  await page.goto("./cheatsheet.html");
  await page.getByRole("link", { name: "selectors-ored" }).click();
  await expect(page).toHaveURL(/codes\.html#selectors-ored$/);
  await expect(page.getByRole("heading", { name: "selectors-ored" })).toBeInViewport();
  await page.getByRole("link", { name: "Cheat sheet" }).click();
  const targets = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(targets.filter((target) => !/^\.\/(#\/s\/[a-z0-9-]+|codes\.html#[a-z0-9-]+)?$/.test(target))).toEqual([]);
  const codes = await (await page.request.get("./codes.html")).text();
  for (const target of targets.filter((target) => target.includes("codes"))) expect(codes).toContain(`id="${target.split("#")[1]}"`);
  await page.getByRole("link", { name: "AND, with labels" }).click();
  await playground.ready();
  await expect(playground.row("and-labels")).toBeVisible();
});

test("axe finds nothing on it, light and dark, wide and on a phone, and nothing moves sideways", async ({ page, playground }) => {
  await page.goto("./cheatsheet.html");
  expect(await page.locator("script").count()).toBe(0);
  for (const [name, width, colorScheme] of [
    ["light", 1280, "light"],
    ["dark", 1280, "dark"],
    ["360", 360, "light"],
  ]) {
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ colorScheme });
    await playground.screenshot(`cheatsheet-${name}`, { fullPage: true });
    expect(await playground.sidewaysScroll(), name).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target)}`),
      name,
    ).toEqual([]);
  }
});

test("it fits on two sheets of paper, and no code is cut", async ({ page, playground }) => {
  await page.goto("./cheatsheet.html");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length).toBeLessThanOrEqual(2);
  await page.setViewportSize({ width: 718, height: 1047 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await playground.screenshot("cheatsheet-print", { fullPage: true });
  await expect(page.getByRole("banner")).toBeHidden();
  const cut = await page.locator("pre").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
  expect(cut).toBe(0);
  const { color, backgroundColor } = await page.locator("body").evaluate((body) => {
    const { color, backgroundColor } = getComputedStyle(body);
    return { color, backgroundColor };
  });
  expect({ color, backgroundColor }).toEqual({ color: "rgb(0, 0, 0)", backgroundColor: "rgb(255, 255, 255)" });
});
