// The types of <job-playground>, of its events and of the film that it plays. What a film is: film.v1.schema.json.

/** A sentence in parts: plain words, or a kind and words. */
export type Sentence = (string | [kind: "strong" | "object" | "field" | "yours" | "code", words: string])[];

/** A recorded run, in one language. Shares are parts of the width of the track; other lengths are pixels. */
export interface Film {
  film: number;
  kubernetes: string;
  lang: string;
  /** What the run is and how it went, in a sentence. */
  title: string;
  /** Its look, the condition, the reason, how long it took and what it cost. */
  verdict: [look: string, name: string, reason: string, told: string];
  /** Of the lanes. */
  height: number;
  /** Whether only the first moments and marks can be asked about. */
  truncated?: true;
  /** Lanes without time: what they show is that of the end. */
  still?: [y: number, height: number][];
  labels: [top: number, height: number, name: string, rest: string][];
  shapes: Shape[];
  marks: Mark[];
  moments: [ms: number, clock: string, x: number, step: number, budget: string | null][];
  /** By step, or by step and object. */
  why: Record<string, Answer>;
  words: Words;
  /** The fragment of the link to the run. */
  state: string;
}

/** What is drawn. */
export type Shape = [kind: string, x: number, y: number, w: number, h: number, look: string, text?: string];

/** What can be pressed. */
export type Mark = [
  x: number,
  w: number,
  before: number,
  behind: number,
  y: number,
  h: number,
  step: number,
  object: string | null,
  name: string,
];

/** Why something happened: the colour of the title, the title, what supports it, the one thing to know, the chain, what the
 * controller asked, what would have changed it. */
export type Answer = [
  look: string,
  title: string,
  rest: string,
  sentence: Sentence,
  chain: [part: string, fact: Sentence][],
  asked: [heading: string, questions: [question: string, answer: Sentence, decided: 0 | 1][]] | null,
  whatIf: [change: Sentence, then: Sentence][],
];

/** What the player says beside what the run says. */
export interface Words {
  step: string;
  open: string;
  truncated: string;
  play: string;
  pause: string;
  previous: string;
  next: string;
  position: [before: string, between: string, behind: string];
  why: string;
  because: string;
  whatIf: string;
  decided: string;
}

/** How a run went. */
export interface Outcome {
  /** `succeeded`, `failed`, or what else a film's verdict looks like. */
  kind: string;
  /** The condition of the Job. */
  name: string;
  /** Its reason; may be empty. */
  reason: string;
  /** How long it took and what it cost, in words. */
  told: string;
}

/** A moment to which one can step. */
export interface Moment {
  ms: number;
  clock: string;
  step: number;
}

/** What the events tell, by name. Only `jp-open` can be canceled. */
export interface JobPlaygroundEvents {
  "jp-ready": CustomEvent<{ moments: number }>;
  "jp-time": CustomEvent<{ ms: number; step: number; index: number }>;
  "jp-select": CustomEvent<{ step: number; object: string | null | undefined; name: string | undefined }>;
  "jp-play": CustomEvent<object>;
  "jp-pause": CustomEvent<object>;
  "jp-ended": CustomEvent<object>;
  "jp-change": CustomEvent<{ state: string; outcome: Outcome | undefined }>;
  "jp-open": CustomEvent<{ href: string }>;
  "jp-error": CustomEvent<{ reason: "film" | "version" | "engine" | "csp" | "text"; message: string }>;
}

/** The element. Its attributes: docs/embedding.md. */
export interface JobPlayground extends HTMLElement {
  /** The run; setting it replaces the run. */
  film: Film | undefined;
  readonly moments: Moment[];
  /** The moment that is shown, in milliseconds. */
  readonly now: number;
  readonly paused: boolean;
  readonly outcome: Outcome | undefined;
  /** Fulfilled once there is a film. */
  readonly ready: Promise<void>;
  /** Does what the button does. */
  load(): Promise<void>;
  /** To `25.301s`, `end`, `step:12`, `mark:pod-2`, or a number of milliseconds. */
  seek(at: string | number): void;
  /** To the next moment or beat (1), or the one before (-1). */
  step(by: 1 | -1): void;
  play(): void;
  pause(): void;
  /** Explains a step, or what it did to an object. */
  select(step: number, object?: string | null): void;
  /** Where the whole page shows the run; with `at`, this moment of it. */
  link(what?: { at?: boolean }): string;
  /** The picture of what is shown, as an SVG file in the colours of the moment. Loads `live.js`, and the film if it is not there yet. */
  svg(): Promise<string>;
  addEventListener<Name extends keyof JobPlaygroundEvents>(
    name: Name,
    listener: (event: JobPlaygroundEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** The class: `customElements.get("job-playground")`. */
export interface JobPlaygroundConstructor extends CustomElementConstructor {
  /** Loads what is loaded on demand, beside the script if nobody says otherwise; with a bundler `() => import("job-playground/engine")`. */
  engine: () => Promise<typeof import("./live.js")>;
}

declare global {
  interface HTMLElementTagNameMap {
    "job-playground": JobPlayground;
  }
}
