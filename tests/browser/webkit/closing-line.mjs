// A reporter for node:test in the words of every other test runner here: one line a test, why it failed, and at the end
// `N passed, N failed`.
import { inspect } from "node:util";

export default async function* closingLine(events) {
  const count = { pass: 0, fail: 0 };
  for await (const { type, data } of events) {
    const outcome = /^test:(pass|fail)$/.exec(type)?.[1];
    if (!outcome) continue;
    count[outcome] += 1;
    yield `  ${outcome === "pass" ? "✓" : "✘"} ${data.name} (${(data.details.duration_ms / 1000).toFixed(1)} s)\n`;
    if (outcome === "fail") yield `${inspect(data.details.error?.cause ?? data.details.error)}\n`;
  }
  yield `${count.pass} passed, ${count.fail} failed\n`;
}
