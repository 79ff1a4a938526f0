import type { KnownEvent, KnownRelation, StudyContext } from "../cells/kind.ts";
import { wordsOf } from "../language/words.ts";
import type { Cell } from "../notebook/model.ts";
import { knownClusters } from "./clusters/known.ts";
import { filesMatching } from "./files.ts";
import { HISTORY } from "./membership/known.ts";
import type { Recorded } from "./recorded.ts";
import { columnsOf, problemMaker } from "./studied.ts";
import type { Studies } from "./study.ts";

/** What the study of one cell may ask; what it asks for is recorded, since its result depends on that. */
export function studyContext(studies: Studies, cell: Cell, recorded: Recorded): StudyContext {
  const { notebook, clock, engine, signal, files, inputs } = studies.request;
  const problem = problemMaker(cell);
  const stays: StudyContext["stays"] = async (place) => {
    const known = await studies.history();
    if ("code" in known) return problem({ ...known, place });
    recorded.relations.add(HISTORY);
    const { columns, provisional, isUnrecorded = false } = known;
    return { columns, provisional, isUnrecorded };
  };
  return {
    stays,
    ...{ cell, head: notebook.head, clock, engine, signal, dataFolder: files.folder, problem, inputs },
    events: (texts) => eventWords(studies, texts, (source) => waited(studies, cell, source)),
    segments: () => studies.segmentsBut(cell),
    input: (id) => {
      const value = inputs.find((one) => one.name === id) ?? null;
      if (value !== null) recorded.inputs.add(id);
      return value;
    },
    clusters: () => knownClusters(cell.id, studies),
    files: async (pattern) => {
      const found = await filesMatching(files, pattern);
      recorded.files.set(pattern, found);
      for (const file of found) recorded.hashes.set(file.path, await files.fingerprints.of(file.absolute, signal));
      return found;
    },
    relation: async (name, place) => {
      if (name.toLowerCase() === HISTORY) {
        recorded.wholly.add(HISTORY);
        return stays(place);
      }
      const home = studies.names.home(name);
      if (home === null) {
        const message = `No cell of this notebook yields \`${name}\`.`;
        return problem({ code: "unknown-relation", message, hint: studies.names.hint(name), place });
      }
      const known = await waited(studies, cell, home.cell, { place, suffix: home.suffix });
      if (known.waited) recorded.relations.add(`${home.cell.id}${home.suffix}`);
      if (known.waited) return { columns: known.columns, provisional: known.provisional };
      // What is told of the round itself takes the place of this.
      return problem({ code: "cycle", message: `\`${name}\` reads this cell.`, hint: "Break the circle.", place });
    },
  };
}

/** What is known of a cell's relation once that cell has been studied; `waited` is false where the wait would be endless. */
async function waited(
  studies: Studies,
  reader: Cell,
  target: Cell,
  ask: { place: { line: number; column: number } | null; suffix: string } = { place: null, suffix: "" },
) {
  if (!studies.waits.begin(reader.id, target.id, ask.place)) return { columns: null, provisional: true, waited: false };
  try {
    return { ...columnsOf(await studies.of(target), ask.suffix), waited: true };
  } finally {
    studies.waits.end(reader.id, target.id);
  }
}

/** The notebook's events; the columns are asked for only of those that the texts can speak of. */
export async function eventWords(
  studies: Studies,
  texts: readonly string[],
  known: (source: Cell) => Promise<KnownRelation>,
): Promise<KnownEvent[]> {
  const { notebook } = studies.request;
  const spoken = texts.map((text) => ` ${wordsOf(text).join(" ")} `);
  const words: KnownEvent[] = [];
  for (const cell of notebook.cells) {
    if (studies.names.cell(cell.id) !== cell) continue;
    const definitions = studies.definitions(cell);
    const isSpoken = definitions.some((one) => {
      const said = ` ${wordsOf(one.words).join(" ")} `;
      return spoken.some((text) => text.includes(said));
    });
    const { columns, provisional } = isSpoken ? await known(cell) : { columns: [], provisional: false };
    const around = { relation: cell.id, entity: notebook.head.entity, columns: columns ?? [], provisional };
    words.push(...definitions.map((definition) => ({ ...definition, ...around })));
  }
  return words;
}
