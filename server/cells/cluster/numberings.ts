import { isNumbering } from "../../cluster/numbering.ts";
import type { Finding } from "../../cluster/outcome.ts";

/** What a column is called that numbers people or things. */
const NUMBER = /(?:^|_)(?:id|key|no|nr|number|code)$/i;

/** Columns by which people are numbered: whose numbers are near each other says nothing of them. */
export function numberings(columns: readonly { readonly name: string; readonly values: Float64Array }[]): Finding[] {
  return columns
    .filter(({ name, values }) => isNumbering(values, NUMBER.test(name)))
    .map(({ name, values }) =>
      numbersPeople(name, `is another whole number for each of the ${values.length.toLocaleString("en")} people`),
    );
}

/** A column that numbers people, and what shows it. */
export function numbersPeople(name: string, why: string): Finding {
  return {
    code: "column-numbers-people",
    column: name,
    message: `\`${name}\` ${why}: people whose numbers are near each other are not alike.`,
    hint: "Leave it out of `columns`; where it stands for time, take the days since then.",
  };
}
