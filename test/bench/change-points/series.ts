import { readFileSync } from "node:fs";
import { sharedData } from "../../shared-data.ts";
import type { Annotated } from "./scores.ts";

export interface AnnotatedSeries extends Annotated {
  readonly name: string;
  readonly values: readonly number[];
}

/** A series of the Turing Change Point Dataset with its annotators' changes; null where the data is absent. */
export function annotatedSeries(name: string): AnnotatedSeries | null {
  const [file, annotated] = [`change_points/${name}.json`, "change_points/annotations.json"].map(sharedData);
  if (file === null || file === undefined || annotated === null || annotated === undefined) return null;
  const { series } = JSON.parse(readFileSync(file, "utf8")) as { series: { raw: number[] }[] };
  const all = JSON.parse(readFileSync(annotated, "utf8")) as Record<string, Record<string, number[]>>;
  const values = series[0]?.raw ?? [];
  return { name, values, length: values.length, annotations: Object.values(all[name] ?? {}) };
}
