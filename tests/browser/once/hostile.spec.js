// Texts that were made to break the page: it opens each of them, stays within its budgets (docs/limits.md), and goes on
// working. Time depends on the machine: only what is far beyond the budget fails here; figures: `node hostile.mjs`.
import { expect, test } from "../fixtures.js";
import { CASES, cost, opened, quiet, typed } from "../hostile.js";

const NODES = 6_000;
const MEMORY_MB = 600;
const BLOCK_MS = 200;
// Other programs run beside the tests, and this is the build of a day.
const GENEROUS = 15;
const CALM_MS = 750;

for (const [name, text] of Object.entries(CASES)) {
  test(`it bears ${name}`, async ({ page }) => {
    test.setTimeout(240_000);
    const start = await opened(page, text());
    await quiet(page, start, 120_000, CALM_MS);
    const open = await cost(page);
    expect(open.nodes, "nodes").toBeLessThanOrEqual(NODES);
    // Of one run; after a key there are two, the one that is shown and the one that is made.
    expect(open.memory, "MB").toBeLessThanOrEqual(MEMORY_MB);
    await typed(page);
    await quiet(page, Date.now(), 30_000, CALM_MS);
    const then = await cost(page);
    expect(then.nodes, "nodes after a key").toBeLessThanOrEqual(NODES);
    expect(then.memory, "MB of two runs").toBeLessThanOrEqual(2 * MEMORY_MB);
    expect(then.block, "ms of one block").toBeLessThanOrEqual(BLOCK_MS * GENEROUS);
  });
}
