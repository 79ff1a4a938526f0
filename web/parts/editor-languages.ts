import { keywordCompletionSource, PostgreSQL, SQLDialect } from "@codemirror/lang-sql";
import { yaml } from "@codemirror/lang-yaml";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ruleWords } from "./editor-rules.ts";

export type EditorLanguage = "sql" | "yaml" | "markdown" | "text";

/** DuckDB's SELECT is close to PostgreSQL's, with words of its own. */
const duckdb = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ""} qualify asof pivot unpivot summarize exclude replace positional semi anti sample using columns`,
  types: `${PostgreSQL.spec.types ?? ""} hugeint ubigint uinteger usmallint utinyint tinyint struct map list blob varchar timestamptz`,
  // A dollar begins an input's name here.
  doubleDollarQuotedStrings: false,
  specialVar: "$",
});

/** What a language brings: highlighting, indentation and, for SQL, its keywords. */
export function languageExtension(language: EditorLanguage): Extension {
  if (language === "sql") {
    return [duckdb.language, duckdb.language.data.of({ autocomplete: keywordCompletionSource(duckdb, true) })];
  }
  if (language === "yaml") return [yaml(), ruleWords];
  return language === "markdown" ? EditorView.editorAttributes.of({ class: "prose" }) : [];
}
