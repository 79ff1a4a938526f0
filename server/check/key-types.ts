import type { SourceBody } from "../cells/source/schema.ts";
import { columnsOf } from "../run/studied.ts";
import { bodyOf } from "./facts.ts";
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
      const own = bodyOf<SourceBody>(studied);
      const isNamed = own !== null && Object.hasOwn(own.columns, entity);
      const place = isNamed ? (studied.reading?.at(["columns", entity]) ?? null) : null;
      const message = `\`${entity}\` is ${type} here and ${first.type} in \`${first.studied.cell.id}\`: keys that look alike may not meet.`;
      const hint = `Give both one type: \`${entity}: ${first.type}\` under \`columns\`.`;
      return finding(studied, place, { code: "key-types-differ", message, hint });
    });
};

function formOf(type: string): string {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|DOUBLE|FLOAT)/.test(type) ? "number" : type;
}
