import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

type Page = Pick<ResultPage, "columns" | "rows">;

/** One number of clusters and how good it is; null where a measure is not defined. */
export interface ChoiceRow {
  readonly k: number;
  readonly stability: number | null;
  readonly silhouette: number | null;
  /** That of the sample that was compared with columns in random order. */
  readonly sampled: number | null;
  /** The sample's silhouette with each column's values in random order. */
  readonly shuffled: number | null;
  readonly calinskiHarabasz: number | null;
  readonly daviesBouldin: number | null;
}

export interface Choice {
  readonly rows: readonly ChoiceRow[];
  /** Whether the silhouettes compared are others than everybody's: of a sample of many people. */
  readonly isSampled: boolean;
  /** Null where none stands out. */
  readonly recommended: number | null;
  /** False where the data shows no clusters. */
  readonly structured: boolean;
  /** Why, in a sentence or two. */
  readonly reason: string;
  /** The best k by each measure; of Davies–Bouldin the least is best. */
  readonly best: Readonly<Record<Measure, number | null>>;
}

export type Measure = "stability" | "silhouette" | "calinskiHarabasz" | "daviesBouldin";

/** What there is to choose a number of clusters by; null where it was not computed. */
export function choiceOf(validity: Page | null, choice: Page | null): Choice | null {
  if (validity === null || choice === null || choice.rows.length === 0) return null;
  const [k, stability, silhouette, calinski, davies] = [
    ...["k", "stability", "silhouette", "calinski_harabasz", "davies_bouldin"],
  ].map((name) => columnOf(validity, name));
  const compared = new Map(choice.rows.map((row) => [asNumber(columnOf(choice, "k")(row)), row]));
  const rows = validity.rows.flatMap((row): ChoiceRow[] => {
    const clusters = asNumber(k?.(row) ?? null);
    if (clusters === null) return [];
    const beside = compared.get(clusters);
    return [
      {
        k: clusters,
        stability: asNumber(stability?.(row) ?? null),
        silhouette: asNumber(silhouette?.(row) ?? null),
        sampled: beside === undefined ? null : asNumber(columnOf(choice, "silhouette")(beside)),
        shuffled: beside === undefined ? null : asNumber(columnOf(choice, "shuffled")(beside)),
        calinskiHarabasz: asNumber(calinski?.(row) ?? null),
        daviesBouldin: asNumber(davies?.(row) ?? null),
      },
    ];
  });
  const recommended = choice.rows.find((row) => columnOf(choice, "recommended")(row) === true);
  const first = choice.rows[0] ?? [];
  return {
    rows,
    isSampled: rows.some(({ silhouette, sampled }) => apart(silhouette, sampled)),
    recommended: recommended === undefined ? null : asNumber(columnOf(choice, "k")(recommended)),
    structured: columnOf(choice, "structured")(first) === true,
    reason: asText(columnOf(choice, "reason")(first)),
    best: {
      stability: bestBy(rows, (row) => row.stability),
      silhouette: bestBy(rows, (row) => row.silhouette),
      calinskiHarabasz: bestBy(rows, (row) => row.calinskiHarabasz),
      daviesBouldin: bestBy(rows, (row) => (row.daviesBouldin === null ? null : -row.daviesBouldin)),
    },
  };
}

/** What is to be read with the silhouettes. */
export function silhouetteWords({ isSampled, rows }: Pick<Choice, "isSampled" | "rows">): string {
  const chance = rows.every(({ shuffled }) => shuffled === null)
    ? "Nothing could be compared with columns in random order"
    : `A silhouette that is no greater than with each column's values in random order comes from single columns or chance${isSampled ? ": compare the sample's with it" : ""}`;
  if (!isSampled) return chance;
  return `The first silhouette is everybody's; of more than 5,000 people it is the simplified one, by distances to the clusters' means, which comes out higher. ${chance}`;
}

/** Whether it was found that there are no clusters: with a choice, or when the cell ran. */
export function showsNoClusters(
  choice: Pick<Choice, "structured"> | null,
  problems: readonly { readonly code: string }[],
): boolean {
  return choice?.structured === false || problems.some(({ code }) => code === "no-clusters-stand-out");
}

/** Of the same people both are the same number, but for the order in which it was summed. */
function apart(whole: number | null, sampled: number | null): boolean {
  return whole !== null && sampled !== null && Math.abs(whole - sampled) > 1e-9;
}

function bestBy(rows: readonly ChoiceRow[], of: (row: ChoiceRow) => number | null): number | null {
  let best: { k: number; value: number } | null = null;
  for (const row of rows) {
    const value = of(row);
    if (value !== null && (best === null || value > best.value)) best = { k: row.k, value };
  }
  return best?.k ?? null;
}
