// The frame's end of the contract, without a playground: it hears everything, and says what a test has it say.
const heard = [];
addEventListener("message", ({ source, data, origin }) => {
  if (source === parent) heard.push({ ...data, origin });
});
const say = (message, target = "*") => parent.postMessage({ netpol: 1, ...message }, target);
globalThis.stub = { heard, say };
if (!location.hash.endsWith("mute")) say({ type: "ready" });
