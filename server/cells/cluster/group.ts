import { chooseK } from "../../cluster/choose-k.ts";
import { cutTree } from "../../cluster/cut.ts";
import { flatClusterings, hierarchy } from "../../cluster/flat.ts";
import { kmeans } from "../../cluster/kmeans.ts";
import type { Merges } from "../../cluster/merges.ts";
import type { Labels } from "../../cluster/number-by-size.ts";
import type { Fault, Finding, Outcome } from "../../cluster/outcome.ts";
import { type Scaled, scale } from "../../cluster/scale.ts";
import type { Read, RunContext } from "../kind.ts";
import type { People } from "./people.ts";
import type { ClusterBody } from "./schema.ts";

export interface Grouped {
  readonly scaled: Scaled;
  /** Of the rows of `scaled`; 1 is the largest cluster. */
  readonly labels: Labels;
  readonly k: number;
  /** Null for k-means, which has no hierarchy. */
  readonly merges: Merges | null;
  readonly findings: readonly Finding[];
}

/** Beyond this the exact hierarchy takes minutes: say so, and name the way that does not. */
const WARD_LIMIT = 100_000;

/** The columns made comparable. */
export function prepare(body: ClusterBody, people: People): Outcome<Scaled> {
  const columns = people.columns.map(
    ({ name, values }) => ({ name, values, transform: body.transform[name] ?? "none" }) as const,
  );
  return scale(columns, { scale: body.scale, missing: body.missing });
}

/** Clusters people as the cell says. */
export async function group(
  reading: Read<ClusterBody>,
  people: People,
  context: RunContext,
): Promise<Outcome<Grouped>> {
  const { body } = reading;
  const prepared = prepare(body, people);
  if (!prepared.ok) return prepared;
  const scaled = prepared.value;
  const tooMany = fits(body, scaled.rows);
  if (tooMany !== null) return tooMany;
  const seed = body.seed ?? context.seed;
  const watch = { signal: context.signal, onProgress: (share: number) => context.progress(share * 0.9) };
  const options = { rows: scaled.rows, columns: scaled.columns, seed, ...watch };
  const few = tooFew(body, scaled.rows);
  if (few !== null) return few;
  if (body.method === "kmeans" && typeof body.k === "number") {
    const found = await kmeans(scaled.points, { ...options, k: body.k });
    if (!found.ok) return found;
    return {
      ok: true,
      value: { scaled, labels: found.value.labels, k: body.k, merges: null, findings: scaled.findings },
    };
  }
  const method = body.method;
  if (method === "kmeans") {
    const ks = range(body, scaled.rows);
    const clusterings = await flatClusterings(scaled.points, ks, { ...options, method });
    return clusterings.ok
      ? chosen({ scaled, clusterings: clusterings.value, merges: null }, { ...options, method })
      : clusterings;
  }
  const merges = await hierarchy(scaled.points, { ...options, method });
  if (!merges.ok) return merges;
  if (typeof body.k === "number") {
    return {
      ok: true,
      value: {
        scaled,
        labels: cutTree(merges.value, body.k),
        k: body.k,
        merges: merges.value,
        findings: scaled.findings,
      },
    };
  }
  const clusterings = new Map(range(body, scaled.rows).map((k) => [k, cutTree(merges.value, k)]));
  return chosen({ scaled, clusterings, merges: merges.value }, { ...options, method });
}

/** The k to look at: those of `auto`, or around a fixed one. */
export function range(body: ClusterBody, rows: number): number[] {
  const [from, to] = typeof body.k === "number" ? [2, Math.max(8, body.k)] : body.k.auto;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((k) => k <= rows);
}

interface Candidates {
  readonly scaled: Scaled;
  readonly clusterings: ReadonlyMap<number, Labels>;
  readonly merges: Merges | null;
}

async function chosen(
  { scaled, clusterings, merges }: Candidates,
  options: Parameters<typeof chooseK>[2],
): Promise<Outcome<Grouped>> {
  const choice = await chooseK(scaled.points, clusterings, options);
  if (!choice.ok) return choice;
  const { k, reason } = choice.value;
  const labels = clusterings.get(k) ?? new Int32Array(scaled.rows);
  const said: Finding = {
    code: "chosen-k",
    column: null,
    message: `k = ${k}. ${reason}`,
    hint: `Write k: ${k} to keep it.`,
  };
  return { ok: true, value: { scaled, labels, k, merges, findings: [...scaled.findings, said] } };
}

function tooFew(body: ClusterBody, rows: number): Fault | null {
  const wanted = typeof body.k === "number" ? body.k : body.k.auto[0];
  if (wanted <= rows) return null;
  const message = `${wanted} clusters were asked for, and there are ${rows} rows.`;
  return {
    ok: false,
    code: "k-above-rows",
    column: null,
    message,
    hint: `Ask for at most ${rows}, or check what the relation's filters leave.`,
  };
}

function fits(body: ClusterBody, rows: number): Fault | null {
  if (body.method !== "ward" || rows <= WARD_LIMIT) return null;
  const message = `Ward's method takes up to ${WARD_LIMIT.toLocaleString("en")} rows, and there are ${rows.toLocaleString("en")}.`;
  return { ok: false, code: "too-many-rows", column: null, message, hint: "Use method: kmeans, or cluster a sample." };
}
