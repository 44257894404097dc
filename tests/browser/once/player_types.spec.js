// The scripts for pages of others are JavaScript with types: the compiler of TypeScript reads them, and the types that
// authors get, and finds nothing.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

test("the scripts for pages of others agree with their types", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", here("../embed.tsconfig.json")]).catch((error) => error);
  expect(stdout).toBe("");
});
