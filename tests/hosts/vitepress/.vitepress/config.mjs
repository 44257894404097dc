import jobPlayground from "../job-playground/markdown-it.mjs";

export default {
  title: "Jobs",
  head: [
    ["script", { type: "module", src: "/job-playground.js" }],
    ["link", { rel: "stylesheet", href: "/job-playground.css" }],
  ],
  markdown: { config: (md) => md.use(jobPlayground) },
};
