import type { InputValue } from "../language/vocabulary.ts";

type Path = readonly (string | number)[];

export interface Substituted {
  readonly value: unknown;
  /** Inputs that were put in. */
  readonly used: readonly string[];
  /** `$name` that is no input of the notebook, with its path. */
  readonly unknown: readonly { readonly name: string; readonly path: Path }[];
}

const INPUT = /^\$([a-z][a-z0-9_]*)$/;

/** Lists of other people's values, where a scalar is its own text whatever it looks like. */
const TEXTS = new Set<string | number>(["options", "one_of", "null_values", "names"]);

/** Whether a scalar that is nothing but `$name` stands for an input at a path. */
export function takesInputs(path: Path): boolean {
  return !path.some((step) => TEXTS.has(step));
}

/** Puts the inputs' values in the place of the scalars of a body that are nothing but `$name`; `skip` tells which places are not looked at. */
export function substitute(body: unknown, inputs: readonly InputValue[], skip: (path: Path) => boolean): Substituted {
  const used = new Set<string>();
  const unknown: { name: string; path: Path }[] = [];
  const visit = (value: unknown, path: Path): unknown => {
    if (skip(path) || !takesInputs(path)) return value;
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (value !== null && typeof value === "object") {
      const entries = Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])] as const);
      return Object.assign(Object.create(null), Object.fromEntries(entries));
    }
    const name = typeof value === "string" ? INPUT.exec(value)?.[1] : undefined;
    if (name === undefined) return value;
    const input = inputs.find((one) => one.name === name);
    if (input !== undefined) used.add(name);
    // A chart's titles and formats may begin with a dollar.
    else if (path[0] !== "spec") unknown.push({ name, path });
    return input === undefined ? value : input.value;
  };
  return { value: visit(body, []), used: [...used], unknown };
}
