// What the page, its scripts, the frame and the threads expect of each other. Types only: nothing of this is ever run.
import type { Editor } from "./editor/main.js";

/** One engine, and the next where that has ended: crates/playground/src/browser/engine.rs asks it. */
export interface Engines {
  /** Resolves once there is an engine; rejects where none can be had. */
  ready(): Promise<unknown>;
  /** The answer in bytes; rejects where the engine has died of the question. */
  answer(question: Uint8Array): Promise<Uint8Array>;
  /** Ends it, whatever it is at; the next question begins with a new one. */
  end(): void;
}

/** What an editor is made of: crates/playground/src/browser/editor.rs writes it down. Lines count from 1. */
export interface EditorOptions {
  /** An element without a shadow root. */
  parent: Element;
  /** The text field that it takes over from, with its cursor, scroll and focus. */
  area: HTMLTextAreaElement;
  /** For `Editor.of`. */
  id: string;
  /** What the text is, for screen readers. */
  label: string;
  /** Whose undo history this is, and the text: as for `setText`. */
  key: string;
  text: string;
  isReadOnly: boolean;
  /** The text was changed, and the cursor is in this line. */
  onText(text: string, line: number): void;
  /** The cursor has moved into this line. */
  onLine(line: number): void;
  /** The pointer rests on this line, 0 for none. */
  onHover(line: number): void;
  /** What the cluster holds, as `readVocabulary` reads it. */
  vocabulary(): string;
}

/** What the cluster holds. */
export interface Vocabulary {
  namespaces: Set<string>;
  pods: { name: string; ports: ContainerPort[] }[];
  labels: { namespace: Labels; pod: Labels };
  /** A port by number or name → the pods that have it. */
  ports: Map<string, string[]>;
}
/** key → value → the objects that carry it */
export type Labels = Map<string, Map<string, string[]>>;
export interface ContainerPort {
  number: string;
  protocol: string;
  name?: string;
}

/** Line, column, line, column: from 1, with columns in characters. */
export type Span = number[];
/** Something said about a place of the text. `code` in backticks marks words of `message` and `help`. */
export interface Remark {
  place: Span;
  severity: string;
  message: string;
  help: string;
  /** What the fix is called, where there is one. */
  fixTitle: string;
  edits: { place: Span; insert: string }[];
}
/** What is said about whole lines. */
export interface LineMarks {
  /** Those of the open cell, as first and last; undefined where they are still to come, and those that are marked stay. */
  behind: number[][] | undefined;
  expectations: { line: number; holds: boolean; words: string }[];
}
/** Everything that is said about a text; advice takes the page longer, and is undefined where it is still to come. */
export interface Marks extends LineMarks {
  diagnostics: Remark[];
  advice: Remark[] | undefined;
}

/** What is known of a field of an object, of an item of a list, or of a label. */
export interface Field {
  doc?: string;
  /** What may stand there. */
  values?: string[];
  fields?: Record<string, Field>;
  item?: Field;
  isLabels?: boolean;
  isLabelKey?: boolean;
  isLabelValue?: boolean;
  isNamespace?: boolean;
  isPort?: boolean;
}

/** A widget's frame in an article: what web/embed/1 says to it. */
export type ToFrame = { type: "hello" | "theme"; theme: string | undefined } | { type: "set"; text: string; cluster?: string } | { type: "reset" };
/** And what it says; `Object.hasOwn` and a look at each field come before it is believed. */
export type FromFrame =
  | { type: "ready" | "solved" }
  | { type: "height"; height: number }
  | { type: "result"; direction: string; rows: Row[]; together: Cells; problems: number; held: number; failed: number }
  | { type: "text"; link: string; text: string }
  | { type: "error"; message: string };
export interface Cells {
  same: string;
  cross: string;
  external: string;
}
export interface Row extends Cells {
  policy: string;
}

declare global {
  var netpolEngine: Engines;
  /** Comes after the first table, with the event `netpol-editor`. */
  var NetpolEditor: typeof Editor | undefined;
  /** What the widget in a frame says, as a word and what belongs to it: crates/playground/src/browser/frame.rs. */
  var netpolFrame: { say(words: string[]): void };
  /** Written in by web/minify.mjs. */
  var IS_BUILT: boolean | undefined;
  /** Where there are trusted types, what a policy makes goes wherever the text could. */
  var trustedTypes: undefined | { createPolicy(name: string, rules: ScriptUrls): ScriptUrls };
  interface ScriptUrls {
    createScriptURL(text: string): string;
  }
  interface Navigator {
    connection?: { saveData?: boolean };
  }
  interface WindowEventMap {
    "netpol-host": CustomEvent<string[]>;
  }
}
