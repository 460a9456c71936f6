// The scripts of the built site, by the names that web/single/build.mjs gives them. Types only.
declare module "netpol:editor" {
  export const Editor: typeof import("../editor/main.js").Editor;
}
declare module "netpol:engine" {
  const begin: import("../messages.d.ts").EngineScript["default"];
  export default begin;
  export const answer: import("../messages.d.ts").EngineScript["answer"];
}
declare module "netpol:exports";
declare module "netpol:playground" {
  const start: import("../messages.d.ts").ModuleScript["default"];
  export default start;
}
