import { type Choice, chooseK } from "../../cluster/choose-k.ts";
import { distinctRows } from "../../cluster/distinct.ts";
import { flatClusterings } from "../../cluster/flat.ts";
import { type Finding, good, type Outcome } from "../../cluster/outcome.ts";
import { sampleRows, seededRandom, takeRows } from "../../cluster/random.ts";
import type { Candidates } from "./group.ts";

interface Counted {
  readonly k: number;
  readonly findings: readonly Finding[];
}

type Tell = (share: number) => void;

/** Numbers of clusters that are tried where the one that was asked for does not stand out, and rows that they are tried on: few, by Ward, since every run waits for it. */
const OTHERS = [2, 3, 4, 5, 6, 7, 8];
const SAMPLE_ROWS = 500;

/** Takes the k that stands out most, and says why, or that none does; where none does, whether one beside the range would. */
export async function pickCount(found: Candidates, tell: Tell): Promise<Outcome<Counted>> {
  const { scaled, clusterings, options } = found;
  const choice = await chooseK(scaled.points, clusterings, { ...options, onProgress: tell });
  if (!choice.ok) return choice;
  const beside = await standsOutBeside(found, choice.value);
  if (!beside.ok) return beside;
  const { k, structured, reason } = choice.value;
  if (beside.value !== null) {
    const message = `k = ${k}. ${besideWords(choice.value, beside.value)}`;
    return good({ k, findings: [judged(message, `Write k: ${beside.value.k}, or a range of k that holds it.`)] });
  }
  const code = structured ? "chosen-k" : "no-clusters-stand-out";
  return good({
    k,
    findings: [{ code, column: null, message: `k = ${k}. ${reason}`, hint: `Write k: ${k} to keep it.` }],
  });
}

/** A number of clusters that was not asked for and stands out on a sample; null where one that was asked for does, or none. */
export async function standsOutBeside(found: Candidates, choice: Choice): Promise<Outcome<Choice | null>> {
  if (choice.structured) return good(null);
  const untried = OTHERS.filter((k) => !found.clusterings.has(k));
  const other = await chooseOther(found, untried);
  if (!other.ok) return other;
  return good(other.value?.structured ? other.value : null);
}

/** That none of the numbers that were asked for stands out, and which other one does. */
export function besideWords({ stability }: Choice, beside: Choice): string {
  const asked = [...stability.keys()].sort((a, b) => a - b);
  const [first] = asked;
  const range = asked.length > 1 ? `No k from ${first} to ${asked.at(-1)} stands` : `k = ${first} does not stand`;
  const [most = Number.NaN] = [...stability.values()].filter((value) => !Number.isNaN(value)).sort((a, b) => b - a);
  return `${range} out: half samples agree to ${most.toFixed(2)}${asked.length > 1 ? " at most" : ""}. On a sample ${beside.reason}`;
}

/**
 * Says of a k that was asked for whether it stands out and how stable it is; where it does not, whether any other does,
 * judged by Ward on a sample. Nothing is said of one cluster, nor where there are too few different rows to compare.
 */
export async function judgeCount(k: number, found: Candidates, tell: Tell): Promise<Outcome<Counted>> {
  const labels = found.clusterings.get(k);
  if (k < 2 || labels === undefined) return good({ k, findings: [] });
  const own = await chooseK(found.scaled.points, new Map([[k, labels]]), { ...found.options, onProgress: tell });
  if (!own.ok) return own;
  const { structured, reason, compared } = own.value;
  if (!compared.byK.has(k)) return good({ k, findings: [] });
  if (structured) return good({ k, findings: [judged(reason, "Compare other numbers of clusters below it.")] });
  const others = await chooseOther(found, OTHERS);
  if (!others.ok) return others;
  const stable = (own.value.stability.get(k) ?? Number.NaN).toFixed(2);
  if (others.value === null || !others.value.structured) {
    const message =
      others.value === null
        ? reason
        : `${k} clusters do not stand out; half samples agree to ${stable}. On a sample ${inSentence(others.value.reason)}`;
    const hint = "Use the clusters as bands, or cluster by other columns. Comparing numbers of clusters looks closer.";
    return good({ k, findings: [{ code: "no-clusters-stand-out", column: null, message, hint }] });
  }
  const better = others.value;
  const message = `${k} clusters do not stand out: half samples agree to ${stable}. On a sample ${better.reason}`;
  return good({ k, findings: [judged(message, `Try k: ${better.k}, or compare other numbers of clusters.`)] });
}

/** What is chosen of other numbers on a sample; null where there are none, or it holds too few different rows. */
async function chooseOther(
  { scaled, options }: Candidates,
  others: readonly number[],
): Promise<Outcome<Choice | null>> {
  const { columns } = scaled;
  const rows = sampleRows(scaled.rows, SAMPLE_ROWS, seededRandom(options.seed, "rows that other numbers are tried on"));
  const sample = takeRows(scaled.points, columns, rows);
  const distinct = distinctRows(sample, rows.length, columns).first.length;
  const ks = others.filter((k) => k <= distinct);
  if (ks.length === 0) return good(null);
  const around = { ...options, method: "ward", rows: rows.length, onProgress: undefined } as const;
  const clusterings = await flatClusterings(sample, ks, around);
  return clusterings.ok ? chooseK(sample, clusterings.value, around) : clusterings;
}

function judged(message: string, hint: string): Finding {
  return { code: "judged-k", column: null, message, hint };
}

function inSentence(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
