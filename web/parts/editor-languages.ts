import { yaml } from "@codemirror/lang-yaml";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ruleWords } from "./editor-rules.ts";
import { duckdbSql } from "./editor-sql.ts";

export type EditorLanguage = "sql" | "yaml" | "markdown" | "text";

/** What a language brings: highlighting, indentation and, for SQL, its keywords. */
export function languageExtension(language: EditorLanguage): Extension {
  if (language === "sql") return duckdbSql;
  if (language === "yaml") return [yaml(), ruleWords];
  return language === "markdown" ? EditorView.editorAttributes.of({ class: "prose" }) : [];
}
