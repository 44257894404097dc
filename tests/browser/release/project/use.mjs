// What builds do with the package, without a browser.
import assert from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import * as server from "job-playground";
import { filmOf } from "job-playground/engine";
import { isFilm, problems, schema } from "job-playground/film";
import markdownIt from "job-playground/markdown-it";
import remark from "job-playground/remark";

const text = `apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: [sleep, "5"]}]
`;

// On a server there is no element, and nothing breaks.
assert.equal(server.isFilm, isFilm);

const film = await filmOf(text, "en");
assert.deepEqual(problems(film), []);
assert.ok(isFilm(film) && !isFilm({ film: 2 }) && !isFilm(null));
assert.match(problems({ ...film, height: "high" }).join(), /film\.height/);
assert.equal(schema.properties.film.const, 1);
await assert.rejects(filmOf("a: [", "en"), /1:1: /);
// One whose times need the rules of a zone.
const zoned = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  timeZone: Europe/Berlin
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}
`;
assert.ok(isFilm(await filmOf(zoned, "zh")));

// A page of Markdown, for each of the two plugins.
writeFileSync("page.md", `# Jobs\n\n\`\`\`yaml job-playground at="4s"\n${text}\`\`\`\n`);
const tree = { type: "root", children: [{ type: "code", lang: "yaml", meta: 'job-playground at="4s"', value: text }] };
remark({ mdx: false })(tree, { path: "page.md" });
assert.match(tree.children[0].value, /^<figure><job-playground/);
const md = { renderer: { rules: { fence: () => "plain" } } };
markdownIt(md);
const fence = (info) => md.renderer.rules.fence([{ content: text, info }], 0, {}, { path: "page.md" });
assert.match(fence('yaml job-playground at="4s"'), /^<figure v-pre><job-playground/);
assert.equal(fence("yaml"), "plain");

// Everything that it says it has is there.
const manifest = new URL(import.meta.resolve("job-playground/package.json"));
const { version, exports } = JSON.parse(readFileSync(manifest));
assert.match(version, /^[1-9\d]+\.\d+\.\d+|^0\.[1-9]/);
const targets = Object.values(exports).flatMap((one) => (typeof one === "string" ? one : Object.values(one)));
for (const target of targets) if (!target.includes("*")) readFileSync(new URL(target, manifest));
