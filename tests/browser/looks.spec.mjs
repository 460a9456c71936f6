// What people look at: the main states in both themes and on narrow screens, without a finding of axe, and their pictures.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";
import { NO_DASH, STRANGER, SURPRISING } from "./texts.mjs";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const NARROWEST = { width: 320, height: 640 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];

/** One line for each finding, with the elements it is about. */
async function findings(page, choose) {
  const { violations } = await choose(new AxeBuilder({ page })).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
const allRules = (axe) => axe.withTags(RULES);
const aboutColours = (axe) => axe.withRules(COLOURS);
const allButColours = (axe) => axe.withTags(RULES).disableRules(COLOURS);

const STATES = {
  landing: async (playground) => playground.open(),
  "cell-denied": async (playground) => {
    await playground.open();
    await playground.cell("Specific NS", "Same namespace").click();
  },
  expectations: async (playground) => {
    await playground.open("#/s/and-labels");
    await playground.retype(playground.policies, NO_DASH, "- podSelector:  # one dash");
    await expect(playground.page.getByText("2 of 4 checks hold")).toBeVisible();
  },
  error: async (playground) => {
    await playground.open();
    await playground.retype(playground.policies, NO_DASH, "podSelector: # no dash");
    await expect(playground.main.getByText(/^Showing the result before/)).toBeVisible();
  },
  cluster: async (playground) => {
    await playground.open("#/s/blank");
    await playground.paste(playground.policies, STRANGER);
    await playground.tab("Cluster").click();
    await expect(playground.page.getByLabel("Assumed objects")).toBeVisible();
  },
  problems: async (playground) => {
    await playground.open("#/s/same-ns");
    await playground.retype(playground.policies, "podSelector: {}", "podselector: {}");
    await playground.tab("Problems").click();
  },
  lints: async (playground) => {
    await playground.open("#/s/blank");
    await playground.paste(playground.policies, SURPRISING);
    await playground.tab("Problems").click();
    await expect(playground.problems.getByRole("link").first()).toBeVisible();
  },
  neighbours: async (playground) => {
    await playground.open("#/s/and-labels");
    await playground.tab("One edit away").click();
    await expect(playground.neighbours.getByRole("button").first()).toBeVisible();
  },
  connection: async (playground) => {
    await playground.open("#/s/specific-pod-ns");
    await playground.tab("Why").click();
    await playground.why
      .getByRole("button", { name: /^denied / })
      .first()
      .click();
    await expect(playground.why.getByText(/^With all policies/)).toBeVisible();
  },
  share: async (playground) => {
    await playground.open("#/s/and-trap");
    await playground.shareLink();
    await expect(playground.page.getByText("Link copied", { exact: true })).toBeVisible();
  },
  "broken-link": async (playground) => {
    await playground.open("#/p/1.AwA.AAAAAB");
    await expect(playground.notice).toBeVisible();
  },
  blank: async (playground) => playground.open("#/s/blank"),
};

for (const [name, arrive] of Object.entries(STATES)) {
  test(`axe finds nothing: ${name}, light and dark, wide and on a phone`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize(DESKTOP);
    await arrive(playground);
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState === "finished"));
    await playground.screenshot(`${name}-desktop`);
    expect(await findings(page, allRules), "wide, light").toEqual([]);
    // between the themes only colours differ
    await page.emulateMedia({ colorScheme: "dark" });
    await playground.screenshot(`${name}-dark`);
    expect(await findings(page, aboutColours), "wide, dark").toEqual([]);

    await page.setViewportSize(PHONE);
    // a cell that the header lies on is no small one
    await page.evaluate(() => scrollTo(0, 0));
    expect(await playground.sidewaysScroll(), "px to scroll sideways at 360").toBe(0);
    expect(await findings(page, allButColours), "phone").toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await playground.screenshot(`${name}-360`, { fullPage: true });
  });
}

test.describe("at 320 px", () => {
  test.use({ viewport: NARROWEST, hasTouch: true, isMobile: true });

  test("the page scrolls sideways in no state", async ({ playground }) => {
    test.slow(); // it visits them all
    for (const [name, arrive] of Object.entries(STATES)) {
      await arrive(playground);
      expect(await playground.sidewaysScroll(), name).toBe(0);
    }
    await playground.open("#/s/eight");
    await playground.screenshot("landing-320", { fullPage: true });
  });
});

for (const viewport of [PHONE, NARROWEST]) {
  test.describe(`on a phone of ${viewport.width} px`, () => {
    test.use({ viewport, hasTouch: true, isMobile: true });

    test("a list takes the place of the rail and opens the texts", async ({ playground }) => {
      await playground.open();
      await expect(playground.page.getByRole("link", { name: "Crossing the border" })).toBeHidden();
      const list = playground.page.getByRole("combobox", { name: "Built-in text" });
      await expect(list).toHaveValue("#/s/eight");
      await list.selectOption("AND Trap ⚠");
      await expect(playground.row("AND Trap ⚠")).toContainText("Allowed");
      await expect(playground.page).toHaveURL(/#\/s\/and-trap$/);
      await playground.page.goBack();
      await expect(list).toHaveValue("#/s/eight");
    });

    test("Share is in reach and its link fits", async ({ playground }) => {
      await playground.open();
      await expect(playground.share).toBeInViewport({ ratio: 1 });
      await playground.page.getByRole("contentinfo").scrollIntoViewIfNeeded();
      await expect(playground.share).toBeInViewport({ ratio: 1 });
      await playground.share.tap();
      await expect(playground.link).toBeInViewport({ ratio: 1 });
      await playground.page.getByRole("button", { name: "Close" }).tap();
      await expect(playground.link).toBeHidden();
    });

    test("table, why and text stand below each other in this order, and only the page scrolls", async ({ playground }) => {
      await playground.open();
      const top = async (locator) => (await locator.boundingBox()).y;
      expect(await top(playground.table)).toBeLessThan(await top(playground.why));
      expect(await top(playground.why)).toBeLessThan(await top(playground.policies));
      const traps = await playground.page.evaluate(() =>
        [...document.querySelectorAll("main *")]
          .filter((one) => one.scrollHeight > one.clientHeight + 2)
          .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowY))
          .map((one) => one.outerHTML.slice(0, 80)),
      );
      expect(traps).toEqual([]);
      await playground.cell("Deny All", "Same namespace").tap();
      await expect(playground.whyTitle).toHaveText("Why is Same namespace denied?");
    });

    test("everything to press is large enough for a finger", async ({ playground }) => {
      await playground.open();
      const small = await playground.page.evaluate(() =>
        [...document.querySelectorAll("button, a, select, summary")]
          .map((one) => ({ name: one.textContent.trim(), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
          .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
      );
      expect(small).toEqual([]);
    });
  });
}

test.describe("the theme", () => {
  /** The lightness of what is behind the page, from 0 (black) to 255. */
  const lightness = (page) =>
    page.evaluate(() => {
      const channels = getComputedStyle(document.documentElement)
        .backgroundColor.match(/\d+(\.\d+)?/g)
        .map(Number);
      return (channels[0] + channels[1] + channels[2]) / 3;
    });
  /** Notes the theme at the moment the body begins: nothing can have been painted before. */
  const noteFirstTheme = (page) =>
    page.addInitScript(() => {
      const watcher = new MutationObserver(() => {
        if (!document.body) return;
        globalThis.firstTheme = document.documentElement.dataset.theme ?? "system";
        watcher.disconnect();
      });
      watcher.observe(document, { childList: true, subtree: true });
    });
  const firstTheme = (page) => page.evaluate(() => globalThis.firstTheme);

  test("goes from the system's to light to dark and back", async ({ playground }) => {
    const { page, theme } = playground;
    await page.emulateMedia({ colorScheme: "dark" });
    await playground.open();
    expect(await lightness(page)).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: "light" });
    expect(await lightness(page)).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: "dark" });

    await theme.click();
    await expect(theme).toHaveAccessibleName("Theme: light");
    expect(await lightness(page)).toBeGreaterThan(200);
    await theme.click();
    await expect(theme).toHaveAccessibleName("Theme: dark");
    await page.emulateMedia({ colorScheme: "light" });
    expect(await lightness(page)).toBeLessThan(60);
    await theme.click();
    await expect(theme).toHaveAccessibleName("Theme: as the system has it");
    expect(await lightness(page)).toBeGreaterThan(200);
  });

  test("is kept after a reload, without a flash of the other one", async ({ playground }) => {
    const { page, theme } = playground;
    await page.emulateMedia({ colorScheme: "light" });
    await noteFirstTheme(page);
    await playground.open();
    expect(await firstTheme(page)).toBe("system");
    for (const [word, isDark] of [
      ["light", false],
      ["dark", true],
    ]) {
      await theme.click();
      await expect(theme).toHaveAccessibleName(`Theme: ${word}`);
      await page.reload();
      await playground.ready();
      expect(await firstTheme(page)).toBe(word);
      await expect(theme).toHaveAccessibleName(`Theme: ${word}`);
      expect((await lightness(page)) < 60).toBe(isDark);
    }
  });

  test("can be asked for in the address", { tag: "@anywhere" }, async ({ playground }) => {
    const { page } = playground;
    await noteFirstTheme(page);
    await playground.open("?theme=dark#/s/and-trap");
    expect(await firstTheme(page)).toBe("dark");
    await expect(playground.theme).toHaveAccessibleName("Theme: dark");
    await expect(playground.row("AND Trap ⚠")).toBeVisible();
  });
});

test("in forced colours the states are still told apart by their words", async ({ playground }) => {
  await playground.page.emulateMedia({ forcedColors: "active" });
  await playground.open();
  await expect(playground.cell("Deny All", "External").getByText("Denied")).toBeVisible();
  await playground.screenshot("forced-colours");
});
