// The engine in a thread of its own: first its module, then one question after the other, in bytes. boot.js starts it, and ends
// it where a question takes too long. What it cannot answer it says: the module is not to be trusted any more then.

let answer;

async function begin({ script, module }) {
  const engine = await import(script);
  await engine.default({ module_or_path: module });
  answer = engine.answer;
  postMessage({ isReady: true });
}

function reply({ question }) {
  const bytes = answer(question);
  postMessage({ answer: bytes }, [bytes.buffer]);
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.question) reply(data);
    else await begin(data);
  } catch (cause) {
    postMessage({ cause: String(cause) });
  }
});
