import type { ResultPage } from "../run/view.ts";
import { bandsIn } from "./score-bands.ts";
import { field } from "./segmentation.ts";

/** What one rule of a score gives; whoever the head excludes is left out. */
export interface RuleContribution {
  readonly add: number;
  readonly words: string;
  /** Who gets its points. */
  readonly people: number;
  readonly points: number;
  /** Of all points that are given and taken, 0 to 1; null where there are none. */
  readonly share: number | null;
  /** Who would be in another band without it. */
  readonly moved: number;
  /** Points a person of each band; null where nobody is in it. */
  readonly means: readonly (number | null)[];
}

export interface Contribution {
  readonly bands: readonly string[];
  readonly rules: readonly RuleContribution[];
}

/** Rows of `<id>_contribution` with the rules' own points and words. */
export function contributionOf(
  page: ResultPage,
  { body, words }: { body: unknown; words: Readonly<Record<string, string>> },
): Contribution {
  const at = (name: string) => page.columns.findIndex((column) => column.name === name);
  const places = { rule: at("rule"), band: at("band"), people: at("people"), points: at("points") };
  const more = { share: at("share"), mean: at("mean"), moved: at("moved") };
  const bands = bandsIn(body).map(({ name }) => name);
  const written = field(body, "points");
  const rules = (Array.isArray(written) ? written : []).map((rule: unknown, index): RuleContribution => {
    const own = page.rows.filter((row) => row[places.rule] === index + 1);
    const all = own.find((row) => row[places.band] === null);
    const share = all?.[more.share] ?? null;
    return {
      add: Number(field(rule, "add")),
      words: words[`points_${index + 1}`] ?? String(field(rule, "when")),
      people: Number(all?.[places.people] ?? 0),
      points: Number(all?.[places.points] ?? 0),
      share: share === null ? null : Number(share),
      moved: Number(all?.[more.moved] ?? 0),
      means: bands.map((band) => {
        const mean = own.find((row) => row[places.band] === band)?.[more.mean] ?? null;
        return mean === null ? null : Number(mean);
      }),
    };
  });
  return { bands, rules };
}
