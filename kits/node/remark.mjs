// For Docusaurus, and everything else that reads Markdown by remark: a fence that asks for a run becomes a figure.
import { asked, figure } from "./figure.mjs";

// In MDX, HTML is code: an element whose content is given as a text.
/** @param {string} html */
const inMdx = (html) => {
  const value = { type: "Literal", value: html };
  const property = { type: "Property", kind: "init", key: { type: "Identifier", name: "__html" }, value };
  const expression = { type: "ObjectExpression", properties: [property] };
  const estree = { type: "Program", sourceType: "module", body: [{ type: "ExpressionStatement", expression }] };
  const content = { type: "mdxJsxAttributeValueExpression", value: "", data: { estree } };
  const attributes = [{ type: "mdxJsxAttribute", name: "dangerouslySetInnerHTML", value: content }];
  return { type: "mdxJsxFlowElement", name: "div", attributes, children: [] };
};

// `mdx: false` where Markdown is not MDX, as in Astro's `.md`.
/** @type {(options?: {mdx?: boolean, page?: string}) => (tree: any, file: any) => void} */
const jobPlayground =
  ({ mdx = true, ...options } = {}) =>
  (tree, file) => {
    /** @type {(node: any) => any} */
    const shown = (node) => {
      const attributes = node.type === "code" ? asked(`${node.lang} ${node.meta ?? ""}`) : undefined;
      if (attributes === undefined) return node.children?.forEach((/** @type {any} */ child, /** @type {number} */ n) => (node.children[n] = shown(child))), node;
      const html = figure(node.value, attributes, file.path, options);
      return mdx ? inMdx(html) : { type: "html", value: html };
    };
    shown(tree);
  };

export default jobPlayground;
