import { type Band, borderText, type WrittenBand } from "../../../server/figures/score-bands.ts";
import { setEntries } from "../../../server/notebook/edit/set-entries.ts";
import type { Edited } from "../../../server/notebook/edit/target.ts";

/** A band as it is to be, with what it is in the text; null where it is new there. */
export interface EditedBand extends Band {
  readonly was: WrittenBand | null;
}

/** Bands as they stand in the text. */
export function asWritten(bands: readonly WrittenBand[]): EditedBand[] {
  return bands.map((was) => ({ ...was, was }));
}

/** The bands by others in one edit; a border that stays is left as it is written. */
export function withBands(text: string, cell: string, bands: readonly EditedBand[]): Edited {
  const entries = bands.map(({ was, name, operator, border }) => ({
    key: name,
    value:
      was !== null && was.border === border && was.operator === operator
        ? was.written
        : borderText({ operator, border }),
    was: was?.name ?? null,
  }));
  return setEntries(text, cell, ["bands"], entries);
}

/** Bands that were suggested, each with the line in the text that its name has. */
export function suggested(bands: readonly Band[], written: readonly WrittenBand[]): EditedBand[] {
  return bands.map((band) => ({ ...band, was: written.find(({ name }) => name === band.name) ?? null }));
}
