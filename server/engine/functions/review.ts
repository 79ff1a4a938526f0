import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { ALLOWED, REFUSED } from "./reviewed.ts";

/**
 * Writes the list of the engine's functions anew: `npx tsx server/engine/functions/review.ts`. Decisions that were made
 * stay, names that are gone go, and new ones are refused as `unreviewed` until somebody has moved them to where they belong.
 */
const file = fileURLToPath(new URL("./reviewed.ts", import.meta.url));
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  SELECT DISTINCT
    CASE WHEN function_type = 'pragma' THEN 'pragma' WHEN starts_with(function_type, 'table') THEN 'table' ELSE 'value' END,
    lower(function_name)
  FROM duckdb_functions() ORDER BY 1, 2`);
const names = { value: new Set<string>(), table: new Set<string>(), pragma: new Set<string>() };
for (const [form, name] of reader.getRows()) names[form as keyof typeof names].add(String(name));

const allowed = kept(ALLOWED);
const refused = kept({ ...REFUSED, unreviewed: { value: "", table: "", pragma: "" } });
const decided = (form: Form) =>
  new Set([...Object.values(allowed), ...Object.values(refused)].flatMap((group) => words(group[form])));
refused.unreviewed = {
  value: without(names.value, decided("value")),
  table: without(names.table, decided("table")),
  pragma: without(names.pragma, decided("pragma")),
};
writeFileSync(file, textOf());

type Form = "value" | "table" | "pragma";
type Groups = Record<string, Partial<Record<Form, string>>>;

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): string {
  return [...all].filter((name) => !some.has(name)).join(" ");
}

function kept(groups: Groups): Groups {
  const entries = Object.entries(groups).map(([reason, group]) => {
    const forms = Object.entries(group).map(([form, text]) => [
      form,
      words(text)
        .filter((name) => names[form as Form].has(name))
        .sort()
        .join(" "),
    ]);
    return [reason, Object.fromEntries(forms)];
  });
  return Object.fromEntries(entries);
}

function textOf(): string {
  return `// Written by review.ts from the engine's own catalogue; a name is moved between the groups by hand.
// \`value\`: scalar functions, aggregates, macros, operators; \`table\`: what stands in FROM; \`pragma\`: statements of their own.
// A function is allowed where what it gives depends on nothing but its arguments, the clock and chance.

export const ALLOWED = ${groupsText(allowed)} as const;

/** By the reason why they are refused. */
export const REFUSED = ${groupsText(refused)} as const;
`;
}

function groupsText(groups: Groups): string {
  const lines = Object.entries(groups).map(([reason, group]) => {
    const forms = Object.entries(group).filter(([, text]) => text !== "");
    return `  ${reason}: {\n${forms.map(([form, text]) => `    ${form}: \`${wrapped(text ?? "")}\`,\n`).join("")}  },\n`;
  });
  return `{\n${lines.join("")}}`;
}

/** One line holds so many characters. */
function wrapped(text: string): string {
  const lines = [""];
  for (const word of words(text)) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length > 105) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.length === 1 ? text : `\n      ${lines.join("\n      ")}\n    `;
}
