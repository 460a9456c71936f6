// What each test gets: the site, and a browser of its own, which is gone afterwards with all that it has kept. A test fails when
// something goes wrong behind its pages, whatever else it was about.
import { after, test as base, before } from "node:test";
import { start } from "./driver.mjs";
import { Reader } from "./reader.mjs";
import { open } from "./site.mjs";

let webkit;
let site;

before(async () => {
  [webkit, site] = await Promise.all([start(), open()]);
});
after(() => {
  webkit?.stop();
  site?.stop();
});

/** `colleague` makes somebody else of the reader, who has never seen the page: the driver has one browser at a time. */
export function test(name, task) {
  base(name, { timeout: 60_000 }, async () => {
    site.asked.length = 0;
    site.withhold = undefined;
    const reader = new Reader(await webkit.session());
    const colleague = async () => {
      await reader.checkFaults();
      await reader.session.close();
      reader.session = await webkit.session();
    };
    try {
      await task({ site, reader, session: reader.session, colleague });
      await reader.checkFaults();
    } finally {
      await reader.session.close().catch(() => {});
    }
  });
}
