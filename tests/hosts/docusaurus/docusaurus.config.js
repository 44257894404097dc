import jobPlayground from "./job-playground/remark.mjs";

export default {
  title: "Jobs",
  url: "https://jobs.example",
  baseUrl: "/",
  presets: [
    ["classic", { docs: { path: "pages", routeBasePath: "/", remarkPlugins: [jobPlayground] }, blog: false }],
  ],
  scripts: [{ src: "/job-playground.js", type: "module" }],
  stylesheets: ["/job-playground.css"],
};
