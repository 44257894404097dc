// What an author does by hand: where a page says `<!-- retries.yaml at="25s" -->`, there the figure of that run is pasted.
import { readFileSync, writeFileSync } from "node:fs";
import { figure } from "./job-playground/figure.mjs";

const page = "runs.html";
const pasted = readFileSync(page, "utf8").replace(/<!-- (\S+\.yaml)(.*?)-->/g, (_, file, attributes) => figure(readFileSync(file, "utf8"), attributes, file));
writeFileSync(page, pasted);
