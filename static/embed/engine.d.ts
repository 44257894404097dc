// The types of engine.js, which is made for engine.wasm (src/bin/engine.rs).

/** Starts the engine. */
export default function start(from: { module_or_path: Promise<Response> }): Promise<unknown>;
/** The film of a text, or of the link to one; the exception says why there is none. */
export function film(source: string, lang: string, timeZones?: Uint8Array): string;
/** The film of the run with one more input. */
export function filmWith(source: string, input: string, lang: string, timeZones?: Uint8Array): string;
/** Whether the rules of time zones have to be given. */
export function needsTimeZones(source: string): boolean;
