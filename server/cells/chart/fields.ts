type Path = readonly (string | number)[];

export interface NamedField {
  readonly field: string;
  readonly path: Path;
}

/** Columns that a chart's short form names: `segment`, `mean(total_spend)`, `{field: segment}`. */
export function shortFields(channels: Readonly<Record<string, unknown>>): NamedField[] {
  return Object.entries(channels).flatMap(([key, value]) => {
    if (typeof value !== "string") return encodedFields(value, [key]);
    const field = (/^\s*\w+\(\s*(.*?)\s*\)\s*$/.exec(value)?.[1] ?? value).trim();
    return field === "" ? [] : [{ field, path: [key] }];
  });
}

/**
 * Columns of the relation that a Vega-Lite specification names in its encodings. None where it makes fields of its own
 * by `transform`; parts with `data` of their own are left out, and so are paths into nested values.
 */
export function specFields(spec: unknown): NamedField[] {
  return makesFields(spec) ? [] : viewFields(spec, ["spec"]);
}

function viewFields(view: unknown, path: Path): NamedField[] {
  if (!isMap(view) || (path.length > 1 && "data" in view)) return [];
  const inner = ["layer", "hconcat", "vconcat", "concat"].flatMap((key) => {
    const views = view[key];
    return Array.isArray(views) ? views.flatMap((one, index) => viewFields(one, [...path, key, index])) : [];
  });
  const nested = "spec" in view ? viewFields(view.spec, [...path, "spec"]) : [];
  return [...encodedFields(view.encoding, [...path, "encoding"]), ...inner, ...nested];
}

function encodedFields(value: unknown, path: Path): NamedField[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => encodedFields(item, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key !== "field" || typeof item !== "string") return encodedFields(item, [...path, key]);
    return /[.[\]\\]/.test(item) ? [] : [{ field: item, path: [...path, key] }];
  });
}

function makesFields(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(makesFields);
  return isMap(value) && ("transform" in value || Object.values(value).some(makesFields));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
