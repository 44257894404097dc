// A run as a figure: what the program makes of a manifest that stands in a page.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const PROGRAM = process.env.JOB_PLAYGROUND ?? "job-playground";

// What is said about the run that a fence asks for: the rest of its first line, behind `yaml job-playground`. Nothing for
// other fences.
/** @type {(info: string) => string | undefined} */
export const asked = (info) => /^ya?ml[ ,]+job-playground\b(.*)$/.exec(info)?.[1];

/** @param {string} text */
const trimmed = (text) => text.replace(/^[ \t]+|[ \t\r]+$/gm, "");

// The file, and the line of it where a text begins; lists may have moved it to the right.
/** @type {(file: string, text: string) => string} */
const place = (file, text) => {
  const [before] = trimmed(readFileSync(file, "utf8")).split(trimmed(text));
  return `${relative("", file)}:${before.split("\n").length}`;
};

// `page` is the address of a page of one's own.
/** @type {(text: string, attributes: string, file: string, options?: {page?: string}) => string} */
export const figure = (text, attributes, file, { page } = {}) => {
  const line = ["run", "-", "--output=html", `--attributes=${attributes}`, `--name=${place(file, text)}`];
  if (page) line.push(`--page=${page}`);
  const { error, status, stdout, stderr } = spawnSync(PROGRAM, line, { input: text, encoding: "utf8", maxBuffer: 1e8 });
  if (error) throw new Error(`${place(file, text)}: ${PROGRAM} cannot be started (${error.message}); JOB_PLAYGROUND may say where it is`);
  if (status !== 0) throw new Error(stderr.trim());
  return stdout.trim();
};
