// What authors write with types: all of it is known.
import "job-playground";
import type { Film, JobPlaygroundConstructor } from "job-playground";
import { isFilm, problems, schema } from "job-playground/film";
import { filmOf } from "job-playground/engine";
import { figure } from "job-playground/figure";
import remark from "job-playground/remark";
import markdownIt from "job-playground/markdown-it";

const player = document.createElement("job-playground");
player.addEventListener("jp-time", ({ detail }) => player.seek(detail.ms));
(customElements.get("job-playground") as JobPlaygroundConstructor).engine = () => import("job-playground/engine");

export const film: Promise<Film> = filmOf("kind: Job", "en");
export const picture: Promise<string> = player.svg();
export const checked = (value: unknown) => (isFilm(value) ? value.moments.length : problems(value).join());
export const plugins = [remark({ mdx: false }), (md: unknown) => markdownIt(md, { vue: false })];
export const html: string = figure("kind: Job", "", "page.md", { page: "https://jobs.example/" });
export { schema };
