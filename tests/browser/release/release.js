// The files of a release, unpacked as others unpack them: the page in a folder of a site, versions of the player in the root
// of it, a project with the package of npm, and a disk without any server.
import { expect } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "../sites/served.js";

const { SITE, VERSION, JOB_PLAYGROUND } = process.env;
const PLAYER = `/embed/${VERSION}/`;
const TEXT = `apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: [sleep, "5"]}]
`;

const made = (...line) => execFileSync(JOB_PLAYGROUND, line, { input: TEXT, encoding: "utf8" });
const begin = (place) => place.getByRole("button", { name: "Step through it" });
const marks = (place) => place.locator("job-playground .mark");
const html = (body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Jobs</title><link rel="icon" href="data:,">${body}</html>`;

// Opens a page of the site with this in it.
const open = async (page, site, body) => {
  writeFileSync(join(SITE, "host.html"), html(body));
  await page.goto(`${site.address}/host.html`);
};

test("the page works in a folder of a site", async ({ page, site }) => {
  await page.goto(`${site.address}/some/where/`);
  await expect(page.locator("[role=slider], .timeline, #timeline").first()).toBeVisible();
  expect(site.errors).toEqual([]);
});

test("from a disk the page says that it cannot be loaded", async ({ page }) => {
  await page.goto(pathToFileURL(join(SITE, "some/where/index.html")).href);
  await expect(page.getByRole("heading", { name: "Job Playground could not be loaded" })).toBeVisible({ timeout: 15_000 });
});

test("from a disk a film in a page is played", async ({ page }) => {
  const figure = made("run", "-", "--output", "html");
  const path = join(SITE, "disk.html");
  writeFileSync(path, html(`<script defer src="${PLAYER.slice(1)}job-playground.js"></script>${figure}`));
  await page.goto(pathToFileURL(path).href);
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
});

test("a script is what its integrity says", async ({ page, site }) => {
  const sums = JSON.parse(readFileSync(join(SITE, PLAYER, "integrity.json")));
  expect(Object.keys(sums)).toContain("job-playground.js");
  for (const [name, sum] of Object.entries(sums)) {
    const module = ["live.js", "svg.js", "engine.js"].includes(name);
    await open(page, site, `<script ${module ? 'type="module"' : ""} src="${PLAYER}${name}" integrity="${sum}" crossorigin onload="document.title = 'loaded'"></script>`);
    await expect(page, name).toHaveTitle("loaded");
  }
  await open(page, site, `<script src="${PLAYER}job-playground.js" integrity="${sums["frame.js"]}" crossorigin onerror="document.title = 'refused'"></script>`);
  await expect(page).toHaveTitle("refused");
});

test("a version of the player records a text, in a page and in a frame", async ({ page, site }) => {
  await open(page, site, `<script type="module" src="${PLAYER}job-playground.js"></script><job-playground><pre>${TEXT}</pre></job-playground>`);
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
  await page.goto(`${site.address}${PLAYER}embed.html#${made("link", "-").split("#")[1].trim()}`);
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
  expect(site.errors).toEqual([]);
});

test("the package of npm is an element with an engine", async ({ page, site }) => {
  const own = "/project/node_modules/job-playground";
  const { exports } = JSON.parse(readFileSync(join(SITE, own, "package.json")));
  const imports = { "job-playground": join(own, exports["."].default), "job-playground/engine": join(own, exports["./engine"]) };
  await open(page, site, `<script type="importmap">${JSON.stringify({ imports })}</script>
    <script type="module">
      import "job-playground";
      customElements.get("job-playground").engine = () => import("job-playground/engine");
    </script><link rel="stylesheet" href="${own}/job-playground.css">
    <job-playground><pre>${TEXT}</pre></job-playground>`);
  await begin(page).click();
  await expect(marks(page).first()).toBeVisible();
  expect(await page.evaluate(() => document.querySelector("job-playground").svg())).toMatch(/^<svg [^]*job-playground#v1\./);
  expect(site.errors).toEqual([]);
});
