import type { EngineWord } from "../../server/engine/complete.ts";
import type { CompleteFunction, CompletionQuery, EditorCompletion } from "../parts/editor.ts";
import { commonness, isSelectWord } from "../parts/editor-sql.ts";
import type { Session } from "../state/session.ts";
import { completeSqlNames } from "./completing/complete-sql.ts";
import { completeYaml } from "./completing/complete-yaml.ts";
import { fitting } from "./completing/fitting.ts";
import { Knowledge } from "./completing/knowledge.ts";

/** What can be written in a cell: names by what the page knows, at once; and, in SQL, words of the engine as it answers. */
export function completionsFor(session: Session, id: string): readonly CompleteFunction[] {
  const known = new Knowledge(session, id);
  const kindOf = () => session.notebook.cells.find((cell) => cell.id === id)?.kind ?? "";
  return [
    (query) =>
      kindOf() === "sql"
        ? completeSqlNames(query, known)
        : completeYaml(query, kindOf(), { known, files: session.dataFiles }),
    (query) => (kindOf() === "sql" ? engineWords(session, query) : []),
  ];
}

/** Asked only where a word is begun, or was asked for; none where the engine does not answer. */
async function engineWords(session: Session, query: CompletionQuery): Promise<readonly EditorCompletion[]> {
  const { text, position, word, explicit, signal } = query;
  if ((word === "" && !explicit) || word.startsWith("$") || text.charAt(query.from - 1) === ".") return [];
  const words = await session.questions.engineWords(text.slice(0, position), signal);
  const wanted = words.filter((each) => each.kind !== "keyword" || isSelectWord(each.text));
  const rank = ({ kind, text }: EngineWord) => (kind === "function" ? commonness(text) : -1);
  const sorted = [...wanted].sort((a, b) => rank(a) - rank(b));
  const found = sorted.map(({ text: label, kind }) => ({
    label,
    kind,
    apply: kind === "function" ? `${label}(` : label,
  }));
  return fitting(found, word);
}
