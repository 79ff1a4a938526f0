import { columnsOf } from "../run/studied.ts";
import { columnPlace } from "./column-place.ts";
import { finding } from "./finding.ts";
import type { Check } from "./subject.ts";

/** The entity's key as a number in one source and as text in another. */
export const keyTypes: Check = ({ plan }) => {
  const { entity } = plan.notebook.head;
  const keyed = plan.cells.flatMap((studied) => {
    if (studied.cell.kind !== "source") return [];
    const column = columnsOf(studied, "").columns?.find(({ name }) => name === entity);
    return column === undefined ? [] : [{ studied, type: column.type, form: formOf(column.type) }];
  });
  const [first] = keyed;
  if (first === undefined) return [];
  return keyed
    .filter(({ form }) => form !== first.form)
    .map(({ studied, type }) => {
      const message = `\`${entity}\` is ${type} here and ${first.type} in \`${first.studied.cell.id}\`: keys that look alike may not meet.`;
      const hint = `Give both one type: \`${entity}: ${first.type}\` under \`columns\`.`;
      return finding(studied, columnPlace(studied, entity), { code: "key-types-differ", message, hint });
    });
};

function formOf(type: string): string {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|DOUBLE|FLOAT)/.test(type) ? "number" : type;
}
