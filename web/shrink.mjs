// A WebAssembly module → the same program in fewer bytes. Needs the names of its functions, and leaves none.
// What each trick saves of page + engine is said beside it: brotli 11, measured by leaving it out, 1 December 2026.
import binaryen from "binaryen";

/** Where the standard library builds the message of a panic. None of these functions returns. */
const MESSAGES = new RegExp(
  String.raw`^(?:core|alloc|std|hashbrown)(?:\[[0-9a-f]+\])?::(?:` +
    [
      "panicking::(?:panic(?!_count)|assert_failed|unreachable|rust_panic)",
      "(?:option|result)::(?:unwrap|expect)_failed",
      "cell::panic_already",
      "str::slice_error_fail",
      "slice::.*_fail$",
      "raw_vec::(?:capacity_overflow|handle_error)",
      "alloc::handle_alloc_error",
    ].join("|") +
    ")",
);
/** Fewer than this, and the names are no longer what they were. */
const LEAST_MESSAGES = 8;

/**
 * The optimised module. A panic in it stops the program as before, with the bare `unreachable` instruction: its message
 * stays in the builds of `cargo xtask serve`, and the words, arguments and formatting for it out of the page.
 * @param {Uint8Array} bytes
 */
export function shrink(bytes) {
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  binaryen.setDebugInfo(false);
  // 0.5 + 3.1 kB: Rust's stack ends there, so that no pointer ever is below 1024
  binaryen.setLowMemoryUnused(true);
  // 0 + 2.2 kB: a copy of a function for each caller is small by itself, but it is one more thing to compress
  binaryen.setAlwaysInlineMaxSize(0);
  binaryen.setOneCallerInlineMaxSize(0);
  binaryen.setFlexibleInlineMaxSize(0);
  const module = binaryen.readBinary(bytes);
  // 2.5 + 4.2 kB, for the words of a panic; MESSAGES is to be looked at with each new Rust
  const silenced = silencePanics(module);
  if (silenced < LEAST_MESSAGES) throw new Error(`only ${silenced} functions that build panic messages: look at MESSAGES`);
  module.optimize();
  // 0.3 + 3.4 kB, for 9 s of the build: flattened, the code is put together again in ways that repeat themselves more
  module.runPasses(["flatten", "rereloop"]);
  // 0.2 + 0.7 kB against once, for 13 s
  for (let time = 0; time < 3; time += 1) module.optimize();
  // 0.4 + 2.8 kB: functions of one kind have names that begin alike
  module.runPasses(["reorder-functions-by-name", "strip-debug", "strip-producers", "strip-target-features"]);
  if (!module.validate()) throw new Error("the optimised module is not valid");
  const small = module.emitBinary();
  module.dispose();
  return small;
}

/** @param {import("binaryen").default.Module} module */
function silencePanics(module) {
  let silenced = 0;
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    const reference = module.getFunctionByIndex(index);
    const { name, base } = binaryen.getFunctionInfo(reference);
    if (base || !MESSAGES.test(name)) continue;
    // @ts-expect-error its types have this in another place than it is in
    binaryen.Function.setBody(reference, module.unreachable());
    silenced += 1;
  }
  return silenced;
}
