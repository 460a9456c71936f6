// What an article loads to have its policies alive: <netpol-play> and data-netpol blocks. web/demo shows and describes it.
// This address and what it offers never break. No dependency, no storage, no network of its own, no inline style and no
// HTML from text, so that it runs under a strict Content-Security-Policy and with Trusted Types on.
import { upgrade, watchBlocks } from "./blocks.js";
import { definePlay } from "./play.js";

/** Loaded twice, perhaps from two addresses, a page still has one of everything: two live frames are two in all. */
const KEY = Symbol.for("netpol.embed.1");

function install() {
  const NetpolPlay = definePlay();
  watchBlocks();
  return { NetpolPlay, upgrade };
}

const page = /** @type {{ [KEY]?: ReturnType<typeof install> }} */ (globalThis);
const embed = (page[KEY] ??= install());

/** The version of attributes, events and messages. */
export const version = 1;
/** The class behind <netpol-play>. */
export const NetpolPlay = embed.NetpolPlay;
/** Makes the data-netpol blocks in a part of the page live, and returns what controls each: later blocks are found by themselves. */
const upgradeOnce = embed.upgrade;

export { upgradeOnce as upgrade };
