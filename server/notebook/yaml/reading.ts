import type { Problem } from "../model.ts";

export type YamlPath = readonly (string | number)[];

/** Where a piece of YAML stands in the notebook, and what is special in it. */
export interface YamlPlace {
  /** The cell it belongs to; null for the head. */
  readonly cell: string | null;
  /** Line in the file of the YAML's first line. */
  readonly line: number;
  /** Whether a rule stands at a path. */
  readonly rules: (path: YamlPath) => boolean;
}

/** A slip, at an offset of the YAML's text. */
export interface YamlFault extends Pick<Problem, "code" | "message" | "hint"> {
  readonly offset: number;
}
