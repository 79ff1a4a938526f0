import type { ResultPage } from "../run/view.ts";
import { bandsIn } from "./score-bands.ts";
import { field } from "./segmentation.ts";

/** What one rule of a score gives; whoever the head excludes is left out. Null is what has not been counted. */
export interface RuleContribution {
  readonly add: number;
  readonly words: string;
  /** Who gets its points. */
  readonly people: number | null;
  readonly points: number | null;
  /** Of all points that are given and taken, 0 to 1; null where there are none. */
  readonly share: number | null;
  /** Who would be in another band without it. */
  readonly moved: number | null;
  /** Points a person of each band; null where nobody is in it. */
  readonly means: readonly (number | null)[];
}

export interface Contribution {
  readonly bands: readonly string[];
  readonly rules: readonly RuleContribution[];
}

const NO_ROWS: Pick<ResultPage, "columns" | "rows"> = { columns: [], rows: [] };

/** Rows of `<id>_contribution` with the rules' own points and words; null rows where nothing has been counted yet. */
export function contributionOf(
  counted: Pick<ResultPage, "columns" | "rows"> | null,
  { body, words }: { body: unknown; words: Readonly<Record<string, string>> },
): Contribution {
  const page = counted ?? NO_ROWS;
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const places = { rule: at("rule"), band: at("band"), people: at("people"), points: at("points") };
  const more = { share: at("share"), mean: at("mean"), moved: at("moved") };
  const bands = bandsIn(body).map(({ name }) => name);
  const written = field(body, "points");
  const rules = (Array.isArray(written) ? written : []).map((rule: unknown, index): RuleContribution => {
    const own = page.rows.filter((row) => row[places.rule] === index + 1);
    const all = own.find((row) => row[places.band] === null);
    const figure = (place: number) => {
      const value = all?.[place] ?? null;
      return value === null ? null : Number(value);
    };
    return {
      add: Number(field(rule, "add")),
      words: words[`points_${index + 1}`] ?? String(field(rule, "when")),
      people: figure(places.people),
      points: figure(places.points),
      share: figure(more.share),
      moved: figure(more.moved),
      means: bands.map((band) => {
        const mean = own.find((row) => row[places.band] === band)?.[more.mean] ?? null;
        return mean === null ? null : Number(mean);
      }),
    };
  });
  return { bands, rules };
}
