import { join } from "node:path";
import type { Finding } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { keepFacts, keptFacts, markOf } from "./kept.ts";
import { keyColumns } from "./keyed.ts";
import { measureSilos } from "./measure.ts";
import { siloFindings } from "./say.ts";
import { whyNot } from "./why-not.ts";

export interface Silos {
  readonly findings: readonly Finding[];
  /** False where the keys have not been compared yet. */
  readonly known: boolean;
}

/** How the keys of the sources meet each other; read from the data once, and again only where a file changed. */
export async function silos(
  subject: Subject,
  { folder, how }: { readonly folder: string; readonly how: "measure" | "known" },
): Promise<Silos> {
  const columns = keyColumns(subject);
  if (columns.length === 0) return { findings: [], known: true };
  const place = join(folder, "silos");
  const mark = await markOf(columns, subject);
  const kept = await keptFacts(place, mark);
  if (kept === null && how === "known") return { findings: [], known: false };
  try {
    const facts = kept ?? (await measureSilos(columns, subject));
    if (kept === null) await keepFacts(place, mark, facts);
    return { findings: siloFindings(facts, columns), known: true };
  } catch (error) {
    const why = whyNot(error);
    if (why === null) throw error;
    const sources = [...new Set(columns.map(({ source }) => source))];
    const unread = sources.map((source) => ({ source, why }));
    return { findings: siloFindings({ columns: [], pairs: [], unread, oneOf: 1 }, columns), known: true };
  }
}
