// Films on a server or in a build: their schema, and whether something is one.

/** @typedef {import("./job-playground.js").Film} Film */
/** @typedef {Record<string, any>} Schema */

// The schema of films of version 1: film.v1.schema.json. The package brings it here.
/** @type {Schema} */
export const schema = {};

/** @type {Record<string, (value: unknown) => boolean>} */
const TYPES = {
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  integer: Number.isInteger,
};

/** @type {(value: unknown, type: string) => boolean} */
const is = (value, type) => TYPES[type]?.(value) ?? typeof value === type;

/** @type {(value: any, rules: Schema | boolean, at: string) => string[]} */
function faults(value, rules, at) {
  if (typeof rules === "boolean") return rules ? [] : [`${at} is not known`];
  if (rules.$ref) return faults(value, schema.$defs[rules.$ref.replace("#/$defs/", "")], at);
  const { type, minLength = 0, maxLength = Infinity, minItems = 0, maxItems = Infinity, prefixItems = [] } = rules;
  if (type && ![type].flat().some((one) => is(value, one))) return [`${at} is no ${[type].flat().join(" or ")}`];
  /** @type {string[]} */
  const found = [];
  if ("const" in rules && value !== rules.const) found.push(`${at} is not ${JSON.stringify(rules.const)}`);
  if (rules.enum && !rules.enum.includes(value)) found.push(`${at} is none of ${rules.enum.join(", ")}`);
  if (typeof value === "number" && !(value >= (rules.minimum ?? -Infinity) && value <= (rules.maximum ?? Infinity))) found.push(`${at} is out of range`);
  if (typeof value === "string") {
    const length = [...value].length;
    if (length < minLength || length > maxLength) found.push(`${at} is too short or too long`);
    if (rules.pattern && !new RegExp(rules.pattern, "u").test(value)) found.push(`${at} does not match ${rules.pattern}`);
  }
  if (Array.isArray(value)) {
    if (value.length < minItems || value.length > maxItems) found.push(`${at} has too few or too many parts`);
    found.push(...value.flatMap((one, n) => faults(one, prefixItems[n] ?? rules.items ?? true, `${at}[${n}]`)));
  } else if (is(value, "object")) {
    for (const name of rules.required ?? []) if (!(name in value)) found.push(`${at}.${name} is missing`);
    if (Object.keys(value).length > (rules.maxProperties ?? Infinity)) found.push(`${at} has too many parts`);
    for (const [name, one] of Object.entries(value)) {
      if (rules.propertyNames) found.push(...faults(name, rules.propertyNames, `${at}.${name}`));
      found.push(...faults(one, rules.properties?.[name] ?? rules.additionalProperties ?? true, `${at}.${name}`));
    }
  }
  const fits = (/** @type {Schema} */ other) => !faults(value, other, at).length;
  for (const other of rules.allOf ?? []) found.push(...faults(value, other, at));
  if (rules.oneOf && rules.oneOf.filter(fits).length !== 1) found.push(`${at} is of no form that a film has`);
  if (rules.if && rules.then && fits(rules.if)) found.push(...faults(value, rules.then, at));
  return found;
}

/**
 * What keeps something from being a film of version 1, each with its place; nothing if it is one.
 * @param {unknown} value
 */
export const problems = (value) => faults(value, schema, "film");

/**
 * Whether something is a film of version 1.
 * @param {unknown} value
 * @returns {value is Film}
 */
export const isFilm = (value) => problems(value).length === 0;
