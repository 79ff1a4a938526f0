import type { Code } from "./code.ts";

/** Codes as a table of Markdown, for the README. */
export function referenceTable(codes: readonly Code[]): string {
  const rows = codes.map(({ code, severity, meaning, example, fix }) => {
    const mended = fix === undefined ? "" : " · `--fix`";
    return `| \`${code}\` | ${severity} | ${meaning}${mended} | ${example} |`;
  });
  return ["| code | severity | means | example |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
