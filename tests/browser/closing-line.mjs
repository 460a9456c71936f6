// A Playwright reporter for the end of a long log: which tests failed, or needed a second attempt, and one line in the same
// words as every other test runner here: `N passed, N failed`.
export default class ClosingLine {
  #suite;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onEnd() {
    const tests = this.#suite.allTests();
    const of = (...kinds) => tests.filter((test) => kinds.includes(test.outcome()));
    const tell = (words, tests) => {
      for (const test of tests) console.log(`${words}: ${test.titlePath().filter(Boolean).join(" › ")}`);
    };
    tell("at the second attempt", of("flaky"));
    tell("FAILED", of("unexpected"));
    const skipped = of("skipped").length;
    console.log(`${of("expected", "flaky").length} passed, ${of("unexpected").length} failed${skipped ? `, ${skipped} skipped` : ""}`);
  }
}
