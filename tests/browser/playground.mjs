// The page in the words of a person who uses it: what can be seen, and what can be done.
import { fileURLToPath } from "node:url";

const COLUMNS = ["Same namespace", "Cross namespace", "External"];
const SCREENSHOTS = new URL("../../target/screenshots/", import.meta.url);

export class Playground {
  /** `editor`: whether the page has its editor ("rich"), or has to do with a text field ("plain"). */
  constructor(page, editor = "rich") {
    this.page = page;
    this.editor = editor;
    this.policies = page.getByRole("textbox", { name: "Policies YAML" });
    this.cluster = page.getByRole("textbox", { name: "Cluster YAML" });
    this.table = page.getByRole("table");
    this.main = page.getByRole("main");
    this.why = page.getByRole("region", { name: "Why" });
    this.whyTitle = this.why.getByRole("heading", { level: 2 });
    this.problems = page.getByRole("tabpanel", { name: "Problems" });
    this.neighbours = page.getByRole("tabpanel", { name: "One edit away" });
    this.notice = page.getByRole("region", { name: "Notice" });
    this.draft = page.getByRole("region", { name: "Draft" });
    this.share = page.getByRole("button", { name: "Share", exact: true });
    this.link = page.getByRole("textbox", { name: "Link to this text" });
    this.theme = page.getByRole("button", { name: /^Theme:/ });
    this.ingress = page.getByRole("button", { name: "Ingress", exact: true });
    this.egress = page.getByRole("button", { name: "Egress", exact: true });
    this.status = page.getByRole("status"); // what a screen reader says by itself
    this.boot = page.locator("#boot");
  }

  /** Opens the page at what follows its address, and waits until it answers. */
  async open(address = "") {
    await this.page.goto(`./${address}`);
    await this.ready();
  }

  async ready() {
    await this.page.getByRole("heading", { level: 1, name: "NetworkPolicy Playground" }).waitFor();
    if (this.editor === "rich") await this.policies.and(this.page.locator("[contenteditable]")).waitFor();
  }

  tab(name) {
    return this.page.getByRole("tab", { name });
  }

  /** The row of a policy by the name it has in the table. */
  row(name) {
    return this.table.getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** The button in a cell; its text is the answer. */
  cell(name, column) {
    return this.row(name).getByRole("cell").getByRole("button").nth(COLUMNS.indexOf(column));
  }

  /** The whole table as it is read aloud, one list a row: name, what its `from` says, three answers. */
  async rows() {
    return this.table.locator("tbody tr").evaluateAll((rows) => {
      const aloud = (element) => {
        const copy = element.cloneNode(true);
        for (const silent of copy.querySelectorAll("[aria-hidden=true]")) silent.remove();
        return copy.textContent.replace(/\s+/g, " ").trim();
      };
      return rows.map((row) => [...[...row.querySelector("th[scope=row]").children].map(aloud), ...[...row.querySelectorAll("td button")].map(aloud)]);
    });
  }

  /** The three answers of one row. */
  async answers(name) {
    return (await this.rows()).find(([row]) => row === name)?.slice(2);
  }

  /** Marks `old` in a text (its last occurrence) and types over it, key by key. */
  async retype(area, old, typed) {
    await this.select(area, old, old.length);
    await (typed ? this.page.keyboard.type(typed) : this.page.keyboard.press("Delete"));
  }

  /** Puts the cursor before `text` (its last occurrence). */
  async placeCaret(area, text) {
    await this.select(area, text, 0);
  }

  /** Selects so many characters from the last occurrence of `text` on. */
  async select(area, text, length) {
    const at = (await this.textOf(area)).lastIndexOf(text);
    if (at < 0) throw new Error(`the text has no ${JSON.stringify(text)}`);
    await area.focus();
    await area.evaluate(
      (field, [id, from, to]) => {
        if (field.setSelectionRange) return field.setSelectionRange(from, to);
        NetpolEditor.of(id).view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      },
      [this.idOf(area), at, at + length],
    );
  }

  idOf(area) {
    return area === this.cluster ? "cluster" : "policies";
  }

  /** The whole text, also as far as it is out of sight. */
  textOf(area) {
    return area.evaluate((field, id) => field.value ?? NetpolEditor.of(id).text(), this.idOf(area));
  }

  /** Selects all that is there and pastes something else over it. */
  async paste(area, text) {
    const context = this.page.context();
    await area.focus();
    // through the clipboard, as a person does: Playwright's own ways to fill a field take Chromium seconds for long texts
    const asks = context.browser().browserType().name() === "chromium"; // others let a page write that has just been used
    if (asks) await context.grantPermissions(["clipboard-write"]);
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    if (asks) await context.clearPermissions();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("ControlOrMeta+v");
  }

  /** What is selected in a text. */
  selection(area) {
    return area.evaluate((field, id) => {
      if (field.value !== undefined) return field.value.slice(field.selectionStart, field.selectionEnd);
      const { state } = NetpolEditor.of(id).view;
      return state.sliceDoc(state.selection.main.from, state.selection.main.to);
    }, this.idOf(area));
  }

  /** Presses Share and returns the link. */
  async shareLink() {
    await this.share.click();
    return this.link.inputValue();
  }

  /** How far the page can be scrolled sideways; 0 is as it should be. */
  sidewaysScroll() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Keeps a picture for people to look at: target/screenshots/NAME.png. */
  screenshot(name, options = {}) {
    return this.page.screenshot({
      path: fileURLToPath(new URL(`${name}.png`, SCREENSHOTS)),
      animations: "disabled",
      ...options,
    });
  }
}
