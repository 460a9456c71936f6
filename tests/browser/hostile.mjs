// Links that nobody makes who means well, each with the reason why it might hurt: [name, fragment].
import { constants, crc32, deflateRawSync } from "node:zlib";

const LIMIT = 64 * 1024;
const FIELD = Buffer.from([0xff]);

/** A link around any bytes. Its checksum is right, so that nothing is refused before it is looked into. */
export const linkAround = (content) => linkOf(deflateRawSync(content), content);

/** A link around a stream, whatever it unfolds to. */
function linkOf(stream, content = Buffer.alloc(0)) {
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return `#/p/1.${stream.toString("base64url")}.${check.toString("base64url")}`;
}

/** So many megabytes of one character in about a thousandth of it. */
function bomb(megabytes) {
  const part = deflateRawSync(Buffer.alloc(1024 * 1024, "a"), { finishFlush: constants.Z_SYNC_FLUSH });
  return Buffer.concat([...Array(megabytes).fill(part), deflateRawSync("")]);
}

const policy = (name, spec) => `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ai-platform}\nspec: ${spec}\n`;
const upTo = (text) => text.slice(0, LIMIT);
const each = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const MARKUP = `<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script><svg onload=document.title='hacked'>`;
const ALIASES = `${[..."abcdefghi"]
  .map((name, at, all) =>
    at
      ? `${name}: &${name} [${Array(9)
          .fill(`*${all[at - 1]}`)
          .join(", ")}]`
      : "a: &a [lol]",
  )
  .join("\n")}\n`;
const pods = (count) =>
  each(count, (index) => `---\napiVersion: v1\nkind: Pod\nmetadata: {name: p${index}, namespace: n${index % 40}, labels: {a: "${index}"}}\n`).join("");

const TEXTS = {
  "64 KiB of opening brackets": "[".repeat(LIMIT),
  "64 KiB of brackets, closed again": "[".repeat(LIMIT / 2) + "]".repeat(LIMIT / 2),
  "64 KiB of opening braces": upTo("{a: ".repeat(LIMIT / 4)),
  "64 KiB of dashes, each a list in a list": upTo("- ".repeat(LIMIT / 2)),
  "64 KiB of question marks, each a key in a key": upTo("? ".repeat(LIMIT / 2)),
  "aliases that would unfold to a billion": ALIASES,
  "aliases that would unfold to a billion, in a policy": policy("a", `{podSelector: {}}\n${ALIASES}`),
  "an alias of itself": "a: &a [*a]\n",
  "64 KiB of anchors": upTo(each(9_000, (index) => `&a${index} `).join("\n")),
  "thousands of documents": upTo("---\nkind: NetworkPolicy\n".repeat(2_700)),
  "a thousand policies": upTo(each(1_000, (index) => `---\n${policy(`p${index}`, "{podSelector: {}}")}`).join("")),
  "thousands of rules": upTo(policy("a", `{podSelector: {}, ingress: [${each(2_500, (index) => `{ports: [{port: ${index + 1}}]}`).join(", ")}]}`)),
  "thousands of addresses": upTo(
    policy("a", `{podSelector: {}, ingress: [{from: [${each(1_700, (index) => `{ipBlock: {cidr: 10.${index % 256}.${index >> 8}.0/24}}`).join(", ")}]}]}`),
  ),
  "one address with thousands of exceptions": upTo(
    policy(
      "a",
      `{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [${each(2_000, (index) => `10.${index % 256}.${index >> 8}.0/24`).join(", ")}]}}]}]}`,
    ),
  ),
  "thousands of expectations": upTo("#? ai-platform/chat-ui -> ai-platform/rag-api:8000 allowed\n".repeat(1_100)),
  "one line of 64 KiB": `# ${"x".repeat(LIMIT - 2)}`,
  "64 KiB of line breaks": "\n".repeat(LIMIT),
  "64 KiB of tabs": "\t".repeat(LIMIT),
  markup: `# ${MARKUP}\n${policy(`"${MARKUP.replaceAll('"', "'")}"`, `{podSelector: {}, "${MARKUP.replaceAll('"', "'")}": 1}`)}`,
  NULs: `${policy("a", "{podSelector: {}}")}\0\0\0# \0`,
  "nothing but NULs": "\0".repeat(4_000),
  "the characters that the page parts its own messages with": "\x1e\x1f\x1c\x1d".repeat(200) + policy("a", "{podSelector: {}}"),
  "writing from right to left": policy('"\u202e\u2066a\u202c"', "{podSelector: {}}"),
  "a byte order mark and line separators": `\ufeff\u2028\u2029\u0085${policy("a", "{podSelector: {}}")}`,
  "names of what every object has": policy("__proto__", "{podSelector: {matchLabels: {constructor: toString, __proto__: valueOf}}}"),
  "tags that other readers make objects of": "!!python/object/apply:os.system ['true']\n---\n!!js/function 'function(){}'\n",
};

const STREAMS = {
  "a gigabyte in a megabyte": linkOf(bomb(1024)),
  "twenty megabytes in as many kilobytes": linkOf(bomb(20)),
  "one byte too many": linkAround("a".repeat(LIMIT + 1)),
  "twice what is allowed": linkAround("# a\n".repeat(LIMIT / 2)),
  "a stream without an end": linkOf(deflateRawSync("a: b\n".repeat(50)).subarray(0, -3)),
  "a stream with something behind it": linkOf(Buffer.concat([deflateRawSync("a: b\n"), Buffer.alloc(64, 7)]), "a: b\n"),
  "a block of a kind that there is not": linkOf(Buffer.from([0b111, 0, 0, 0])),
  "a stored block that is shorter than it says": linkOf(Buffer.from([1, 255, 255, 0, 0, 97])),
  "a reference to before the beginning": linkOf(Buffer.from([0x4b, 0x04, 0xff, 0xff, 0x3f, 0x00])),
  "thousands of empty blocks": linkOf(Buffer.concat([...Array(4_000).fill(Buffer.from([0, 0, 0, 255, 255])), deflateRawSync("")])),
  "bytes that are no UTF-8": linkAround(Buffer.from([0xc3, 0x28, 0xf0, 0x28, 0x8c, 0x28, 0xed, 0xa0, 0x80])),
  "half a character at the end": linkAround(Buffer.concat([Buffer.from("# a"), Buffer.from([0xe2, 0x82])])),
};

const fields = (...parts) =>
  linkAround(Buffer.concat([Buffer.from(policy("a", "{podSelector: {}}")), ...parts.map((part) => Buffer.concat([FIELD, Buffer.from(part)]))]));
const FIELDS = {
  "10,000 directions": fields(...each(10_000, (index) => (index % 2 ? "di" : "de"))),
  "10,000 fields that nobody knows": fields(...each(10_000, (index) => `z${index}`)),
  "10,000 fields without a key": fields(...each(10_000, () => "")),
  "a field that must be known and is not": fields("Zsomething"),
  "a thousand clusters": fields(...each(1_000, () => "Ca: b")),
  "markup for a direction": fields(`d${MARKUP}`),
  "brackets for a cluster": fields(`C${"[".repeat(60_000)}`),
  "aliases for a cluster": fields(`C${ALIASES}`),
  "hundreds of pods for a cluster": fields(`C${pods(600)}`),
  "markup for a cluster": fields(`C${policy(`"${MARKUP.replaceAll('"', "'")}"`, "{}")}`),
};

const ADDRESSES = {
  "a hash of 33 KiB": `#/p/1.${"A".repeat(33 * 1024)}.AAAAAA`,
  "a hash of half a megabyte": `#/${"x".repeat(512 * 1024)}`,
  "no payload": "#/p/1..",
  "no check": "#/p/1.AAAA",
  "a version beyond all numbers": `#/p/${"9".repeat(400)}.AAAA.AAAAAA`,
  "a version below all": "#/p/-1.AAAA.AAAAAA",
  "percent signs in percent signs": `#/p/1.${"%25".repeat(3_000)}.AAAAAA`,
  "percent signs that mean nothing": "#/p/%zz%1.%C3%28.AAAAAA",
  "a name with markup": `#/s/${MARKUP}`,
  "a name that climbs": "#/s/../../../etc/passwd",
  "a name that every object has": "#/s/__proto__",
  "another such name": "#/s/constructor",
  "a name of 30,000 characters": `#/s/${"a".repeat(30_000)}`,
  "an exercise with markup": `#/x/${MARKUP}`,
  "a comparison of ten thousand": `#/c/${"a..".repeat(10_000)}`,
  "the address of a script": "#javascript:document.title='hacked'",
  "another page": "#//elsewhere.example/#/s/eight",
};

export const HOSTILE = [...Object.entries(TEXTS).map(([name, text]) => [name, linkAround(text)]), ...[STREAMS, FIELDS, ADDRESSES].flatMap(Object.entries)];

/** A link with some of its bits turned, the same ones each time; what follows the dot is left as it is. */
export function flipped(link, seed) {
  const bytes = Buffer.from(link.slice(6, -7), "base64url");
  let state = seed + 1;
  const random = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let turns = 1 + random(3); turns > 0; turns -= 1) bytes[random(bytes.length)] ^= 1 << random(8);
  return `#/p/1.${bytes.toString("base64url")}${link.slice(-7)}`;
}
