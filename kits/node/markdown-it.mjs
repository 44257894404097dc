// For VitePress and Slidev, and everything else that reads Markdown by markdown-it: a fence that asks for a run becomes a
// figure.
import { asked, figure } from "./figure.mjs";

// `vue: false` where pages are no templates of Vue, as in Eleventy.
/** @type {(md: any, options?: {vue?: boolean, page?: string}) => void} */
const jobPlayground = (md, { vue = true, ...options } = {}) => {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (/** @type {any[]} */ tokens, /** @type {number} */ index, /** @type {any[]} */ ...rest) => {
    const { content, info } = tokens[index];
    const attributes = asked(info);
    if (attributes === undefined) return fence(tokens, index, ...rest);
    const [, { path }] = rest;
    const html = figure(content, attributes, path, options);
    // In a template `{{ }}` means something.
    return vue ? html.replace("<figure", "<figure v-pre") : html;
  };
};

export default jobPlayground;
