import type { Column } from "../../language/vocabulary.ts";
import { nearest } from "../../notebook/nearest.ts";
import type { Fault } from "../kind.ts";

/** Columns that alerts shall be split by and that are not there: each with its number in the list. */
export function byFaults(
  by: readonly string[] | null,
  relation: string,
  columns: readonly Column[],
): { readonly index: number; readonly fault: Fault }[] {
  const names = columns.map(({ name }) => name);
  return (by ?? []).flatMap((name, index) => {
    if (names.includes(name)) return [];
    const near = nearest(name, names).map((one) => `\`${one}\``);
    const hint =
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : `Name columns of \`${relation}\`, or leave \`by\` out: those of few values are found.`;
    return [
      {
        index,
        fault: {
          code: "column-missing",
          message: `\`by\` names \`${name}\`, which \`${relation}\` does not have.`,
          hint,
        },
      },
    ];
  });
}
