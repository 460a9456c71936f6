// A text → the fragment of an address that carries it, `#/p/1.<payload>.<check>`, or `#/s/<slug>` for a built-in text.
// The grammar is the one of crates/permalink; raw deflate need not use its dictionary to be read there.

const MOST_BYTES = 64 * 1024;
const LONGEST_LINK = 32 * 1024;
const LARGEST_STORED = 0xffff;
const FIELD = 0xff;

/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text);
/** @param {string} text */
const sizeOf = (text) => (text.length > MOST_BYTES ? text.length : bytesOf(text).length);

// What holds a Secret, or a kubeconfig with credentials: token by token as crates/netpol/src/secret.rs reads it, and both are
// held to tests/secrets.json. Every character is looked at once, whatever the text.
const SECRET = /^(?:Secret|SecretList|U2VjcmV0|U2VjcmV0TGlzdA)(?![A-Za-z\d])/;
const OF_KUBECONFIG = /^(?:users|current-context|client-key-data)$/;
const CREDENTIAL = /^(?:token|password|id-token|refresh-token|access-token|client-secret|client-key-data)$/;
const ESCAPE = /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|\r?\n[ \t]*|[nrtNLP_])/g;
const TOKEN = /[\w-]+|&[^\s\x85,[\]{}"'\\]*|!<[^>\n]*>?|![^\s\x85,[\]{}"'\\]*|\*[^\s\x85,[\]{}"'\\:]*|[|>][-+\d]*|[\s\S]/g;

/**
 * @param {string} written
 * @param {string} [two]
 * @param {string} [four]
 * @param {string} [eight]
 */
function unescaped(written, two, four, eight) {
  const code = Number.parseInt(two ?? four ?? eight ?? "", 16);
  if (code < 0x110000) return String.fromCodePoint(code);
  return written.includes("\n") ? "" : " ";
}

/**
 * Rather refuses too much: a Secret that is commented out or spelt with escapes is in the link all the same.
 * @param {string} text
 */
function holdsSecret(text) {
  const plain = text.replace(/\\{2,}/g, "\\").replace(ESCAPE, unescaped);
  let [before, isAnchored] = ["", false];
  /** @type {[string, boolean] | undefined} */
  let interrupted;
  let [hasAlias, isAnchoredSecret, isKubeconfig, hasCredentials] = [false, false, false, false];
  for (const [token] of plain.matchAll(TOKEN)) {
    if (/^[\w-]/.test(token)) {
      const isSecret = SECRET.test(token);
      if (isSecret && before.endsWith(":")) return true;
      isAnchoredSecret ||= isSecret && isAnchored;
      isKubeconfig ||= before === "kind:" && /^Config(?![A-Za-z\d])/.test(token);
      [before, isAnchored] = [token.endsWith("kind") ? "kind" : token, false];
    } else if (token === "#" && !interrupted) {
      // what a comment says is read, and then it goes on from there
      interrupted = [before, isAnchored];
      [before, isAnchored] = ["", false];
    } else if (token === "\n") {
      [before, isAnchored] = interrupted ?? [before, isAnchored];
      interrupted = undefined;
    } else if (token[0] === "&") {
      isAnchored = true;
    } else if (token[0] === "*") {
      hasAlias ||= before === "kind:";
      [before, isAnchored] = before === "kind:" ? ["", false] : ["*", isAnchored];
    } else if (token === ":") {
      isKubeconfig ||= OF_KUBECONFIG.test(before);
      hasCredentials ||= CREDENTIAL.test(before);
      before = before === "kind" || before === "*" ? `${before}:` : "";
    } else if (!/^[\s\x85"'\\|>!]/.test(token)) {
      [before, isAnchored] = ["", false];
    }
  }
  return (hasAlias && isAnchoredSecret) || (isKubeconfig && hasCredentials);
}

/** @type {(text: string, cluster?: string) => boolean} */
export const isTooLong = (text, cluster = "") => sizeOf(text) + sizeOf(cluster) > MOST_BYTES;

/**
 * Why no link is made of these texts, in words for the reader; nothing where one can be made.
 * @param {string} text
 * @param {string} [cluster]
 */
export function refusal(text, cluster = "") {
  if (isTooLong(text, cluster)) return "Too long to be tried live: 64 KiB at most.";
  if (holdsSecret(text) || holdsSecret(cluster)) return "Not tried live: a Secret is never put into a link, nor a kubeconfig with credentials.";
}

/**
 * One deflate stream without compression, for browsers that have none to offer.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function stored(bytes) {
  const blocks = [];
  for (let at = 0; at === 0 || at < bytes.length; at += LARGEST_STORED) {
    const part = bytes.subarray(at, at + LARGEST_STORED);
    const isLast = at + LARGEST_STORED >= bytes.length;
    const [low, high] = [part.length & 0xff, part.length >> 8];
    blocks.push(Number(isLast), low, high, low ^ 0xff, high ^ 0xff, ...part);
  }
  return Uint8Array.from(blocks);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return stored(bytes);
  }
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return [24, 16, 8, 0].map((shift) => (~sum >>> shift) & 0xff);
}

/** @param {Iterable<number>} bytes */
function base64url(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The fragment that carries these texts. Throws, in words for the reader, where there is none.
 * @param {string} text
 * @param {string} [cluster]
 */
export async function linkTo(text, cluster) {
  const words = refusal(text, cluster);
  if (words) throw new Error(words);
  const field = cluster === undefined ? [] : [FIELD, "C".charCodeAt(0), ...bytesOf(cluster)];
  const content = Uint8Array.from([...bytesOf(text), ...field]);
  const link = `#/p/1.${base64url(await deflated(content))}.${base64url(crc32(content))}`;
  if (link.length > LONGEST_LINK) throw new Error("Too long to be tried live: its link would have more than 32 KiB.");
  return link;
}

/**
 * The fragment of a built-in text; nothing where this cannot be the name of one.
 * @param {string} slug
 */
export const linkToBuiltIn = (slug) => (/^[a-z0-9]+(-[a-z0-9]+){0,9}$/.test(slug) ? `#/s/${slug}` : undefined);

/**
 * The fragment of a link, given whole or from its `#` on; nothing where it is no link to a text.
 * @param {string} link
 */
export function fragmentOf(link) {
  const fragment = link.slice(link.indexOf("#")).trim();
  return /^#\/[a-z]\/[\w.~%-]+$/.test(fragment) && fragment.length <= LONGEST_LINK ? fragment : undefined;
}
