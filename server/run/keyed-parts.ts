import type { ClusterBody } from "../cells/cluster/schema.ts";
import type { Study } from "../cells/kind.ts";
import { version } from "../version.ts";
import { leading, madeKey } from "./clusters/leading.ts";
import { GENERATION, type KeyParts, keyOf } from "./key.ts";
import { HISTORY } from "./membership/known.ts";
import { keyOfPast, keyOfRead } from "./reading.ts";
import { keyOfRebaselines } from "./rebaselines.ts";
import type { Recorded } from "./recorded.ts";
import type { StudiedCell, StudiedPart } from "./studied.ts";
import type { Studies } from "./study.ts";

/** The parts of a cell that can run, each with its key and with the result that is there for it. */
export async function keyedParts(studies: Studies, studied: StudiedCell, recorded: Recorded): Promise<StudiedPart[]> {
  const { notebook, inputs, clock, engine, cache } = studies.request;
  const { cell, reading, study } = studied;
  const { head } = notebook;
  if (study === null) throw new Error(`${cell.id} has not been studied`);
  const reads: Record<string, string> = {};
  for (const name of studied.relations) {
    const key = await (name === HISTORY && studied.history === "past" ? keyOfPast(studies) : keyOfRead(name, studies));
    if (key === null) throw new Error(`${cell.id} reads ${name}, which has no key`);
    reads[name] = key;
  }
  // The moment is a part of its own, whatever it is given by.
  const used = cell.kind === "input" ? [cell.id] : [...recorded.inputs].filter((id) => id !== "as_of");
  const found = used.map((id) => inputs.find((one) => one.name === id) ?? { name: id, type: "text", value: null });
  const keys = study.head ?? ["entity", "week_starts"];
  const parts: StudiedPart[] = [];
  let made = "";
  for (const part of new Set(["", ...study.yields.map((one) => one.part)])) {
    const keyParts: KeyParts = {
      kind: cell.kind,
      part,
      body: study.apart?.[part]?.canonical ?? study.canonical ?? reading?.canonical ?? "",
      inputs: Object.fromEntries(found.map(({ name, value }) => [name, value])),
      types: Object.fromEntries(found.map(({ name, type }) => [name, type])),
      reads: readsOf(part, study, reads),
      files: Object.fromEntries(recorded.hashes),
      asOf: studied.usesTime ? clock.asOf : null,
      seed: study.usesSeed ? head.seed : null,
      head: Object.fromEntries(keys.map((key) => [key, head[key]])),
      clusters: null,
      rebaselines: keyOfRebaselines(studied, studies.request),
      zone: head.timezone,
      engine: engine.version,
      segbook: version,
      generation: GENERATION,
    };
    if (part === "") made = madeKey(keyParts);
    const followed = { ...keyParts, clusters: await clustersOf(part, { studied, made }, studies) };
    const key = keyOf(followed);
    const suffixes = study.yields.filter((one) => one.part === part).map((one) => one.suffix);
    parts.push({ part, key, parts: followed, suffixes, stored: await cache.find(key) });
  }
  return parts;
}

/** What stands for clusters of before in the key of a part; null where it has nothing to do with them. */
async function clustersOf(
  part: string,
  { studied, made }: { studied: StudiedCell; made: string },
  studies: Studies,
): Promise<string | null> {
  const { cell, reading, study } = studied;
  if (study?.follows === undefined || reading === null) return null;
  if (study.follows.recorded.includes(part)) return (await keyOfRead(HISTORY, studies)) ?? "nothing is recorded";
  if (!study.follows.clusters.includes(part)) return null;
  return (await leading(cell.id, reading.body as ClusterBody, made, studies)).key;
}

/** What a part reads: all that the cell does, but for what other parts alone read. */
function readsOf(part: string, study: Study, reads: KeyParts["reads"]): KeyParts["reads"] {
  const others = Object.entries(study.apart ?? {}).filter(([other]) => other !== part);
  const theirs = new Set(others.flatMap(([, { reads: own }]) => own));
  return Object.fromEntries(Object.entries(reads).filter(([name]) => !theirs.has(name)));
}
