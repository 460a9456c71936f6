// The engine in a thread of its own: first its module, then one question after the other, in bytes. boot.js starts it, and ends
// it where a question takes too long. What it cannot answer it says: the module is not to be trusted any more then.

/** @import { EngineScript, FromWorker, ToWorker } from "./messages.d.ts" */

/** @type {EngineScript["answer"]} */
let answer;

/** @type {(message: FromWorker, transfer?: Transferable[]) => void} */
const tell = (message, transfer = []) => postMessage(message, transfer);

/**
 * @param {string} script
 * @param {WebAssembly.Module} module
 */
async function begin(script, module) {
  const engine = /** @type {EngineScript} */ (await import(script));
  await engine.default({ module_or_path: module });
  answer = engine.answer;
  tell({ isReady: true });
}

/** @param {Uint8Array} question */
function reply(question) {
  const bytes = answer(question);
  tell({ answer: bytes }, [bytes.buffer]);
}

addEventListener("message", async (/** @type {MessageEvent<ToWorker>} */ { data }) => {
  try {
    if (data.question) reply(data.question);
    else await begin(data.script, data.module);
  } catch (cause) {
    tell({ cause: String(cause) });
  }
});
