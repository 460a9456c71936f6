// What the threads say to each other, and what they run. Types only, and without a word of a page, which workers do not know.

/** What wasm-bindgen writes beside a module. */
export interface ModuleScript {
  default(options: { module_or_path: WebAssembly.Module | BufferSource | Promise<Response> }): Promise<unknown>;
}
/** The same beside the engine's. */
export interface EngineScript extends ModuleScript {
  answer(question: Uint8Array): Uint8Array;
}

/** To web/worker.js: first what it is to run, then questions, one at a time. */
export type ToWorker = { question?: undefined; script: string; module: WebAssembly.Module } | { question: Uint8Array };

/** From web/worker.js: it can be asked; an answer; or what it died of. */
export interface FromWorker {
  isReady?: true;
  answer?: Uint8Array;
  cause?: string;
}

/** To the service worker: the page that waits may be exchanged now. */
export type ToServiceWorker = "netpol:take-over";

/** What web/offline/list.mjs writes above web/offline/sw.js: each file with a hash of what it holds. */
export interface Build {
  version: string;
  files: Record<string, string>;
}

declare global {
  var BUILD: Build | undefined;
}
