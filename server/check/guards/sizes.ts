import type { StudiedCell } from "../../run/studied.ts";
import { marginOf, peopleToSee } from "../../segments/guards/rates.ts";
import { type Finding, finding } from "../finding.ts";
import type { Check, Subject } from "../subject.ts";
import { type Openings, openingsIn } from "./openings.ts";
import { measured, namedIn } from "./segmentation.ts";

/** A segment with a greater share of all people says little about any of them, and with nearly all nothing. */
const BROAD = 0.6;
const NEARLY_ALL = 0.99;

/** Segments that are empty, too small to measure, or too broad to tell anybody apart; from results that are there. */
export const segmentSizes: Check = async (subject) => {
  const openings = await openingsIn(subject);
  const found = await Promise.all(subject.plan.cells.map((studied) => sizesIn(studied, openings, subject)));
  return found.flat();
};

async function sizesIn(studied: StudiedCell, openings: Openings, { plan, signal }: Subject): Promise<Finding[]> {
  const named = namedIn(studied);
  const sizes = named && (await measured(studied, plan, signal));
  if (named === null || sizes === null) return [];
  return named.names.flatMap((name, index) => {
    const words = wordsFor(name, sizes.people[index] ?? 0, { all: sizes.all, openings });
    if (words === null) return [];
    const place = studied.reading?.at([named.key, name]) ?? null;
    return [finding(studied, place, { ...words, guard: { segment: name, about: null } })];
  });
}

function wordsFor(name: string, people: number, { all, openings }: { all: number | null; openings: Openings }) {
  if (people === 0) {
    const hint = "Look at its parts one by one: which of them lets nobody in?";
    return { code: "segment-empty", message: `Nobody is in \`${name}\`.`, hint };
  }
  const share = all === null ? 0 : people / all;
  if (share > BROAD) {
    const held = `\`${name}\` holds ${(100 * share).toFixed(share > NEARLY_ALL ? 1 : 0)} % of all people`;
    return share > NEARLY_ALL
      ? { code: "segment-everybody", message: `${held}: it tells nobody apart.`, hint: "Narrow its rule." }
      : { code: "segment-broad", message: `${held}: most are in it, whatever they do.`, hint: "Narrow its rule." };
  }
  const enough = peopleToSee(openings);
  if (people >= enough) return null;
  const margin = (100 * marginOf(openings.rate, people)).toFixed(1);
  const count = people === 1 ? "One person is" : `${people.toLocaleString("en")} people are`;
  const message = `${count} in \`${name}\`: the open rate of one mail is known to ± ${margin} points, and a change by a fifth shows within four weeks from ${enough.toLocaleString("en")} people on.`;
  return {
    code: "segment-small",
    message,
    hint: `Widen its rule, or merge it with another. Counted with ${openings.words}.`,
  };
}
