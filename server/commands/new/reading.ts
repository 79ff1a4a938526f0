import type { Problem } from "../../notebook/model.ts";

/** What a source has to say so that its file is read: a line of its body, and what a reader is told of it. */
export interface Reading {
  readonly line: string;
  readonly said: string;
}

/** How a file that is refused may be read; null where nothing is known that could help. */
export function readingFor({ code }: Problem): Reading | null {
  if (code === "file-encoding")
    return {
      line: "csv: {encoding: windows-1252}",
      said: "The file is not UTF-8 and is read as Windows-1252: if letters with marks look wrong, name its encoding.",
    };
  if (code === "file-format")
    return { line: "format: csv", said: "The file is taken for CSV: its name does not tell." };
  return null;
}
