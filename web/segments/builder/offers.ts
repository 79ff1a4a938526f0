import { formatCount } from "../../../server/figures/format.ts";
import type { Operand } from "../../../server/language/tree.ts";
import { isTime, type TypeKind } from "../../../server/language/types.ts";
import type { InputValue } from "../../../server/language/vocabulary.ts";
import type { ValuesView } from "../../../server/run/preview/view.ts";
import { NOWHERE } from "./model.ts";

/** A value that can be taken, and why it may be wanted. */
export interface Offer {
  readonly value: Operand;
  readonly label: string;
  readonly hint: string;
}

const QUARTERS = [
  "5\u00a0% are below",
  "25\u00a0% are below",
  "half are below",
  "75\u00a0% are below",
  "95\u00a0% are below",
];

/** What can be taken where a value of a type is named: what the data has, and inputs that hold such a value. */
export function offersOf({
  view,
  kind,
  inputs,
  typed,
}: {
  view: ValuesView | null;
  kind: TypeKind;
  inputs: readonly InputValue[];
  typed: string;
}): readonly Offer[] {
  const wanted = typed.trim().toLowerCase();
  const named = inputs
    .filter(({ type, name }) => fits(type, kind) && (wanted === "" || `$${name}`.includes(wanted)))
    .map(
      (input): Offer => ({
        value: { kind: "input", name: input.name, ...NOWHERE },
        label: `$${input.name}`,
        hint: `input, now ${input.value ?? "empty"}`,
      }),
    );
  if (kind === "boolean") {
    const both = [true, false].map(
      (value): Offer => ({ value: { kind: "boolean", value, ...NOWHERE }, label: String(value), hint: "" }),
    );
    return [...both, ...named];
  }
  if (view === null) return named;
  if (isTime(kind)) return [...ends(view), ...named];
  if (kind === "number") return [...quantiles(view), ...named];
  const common = view.common
    .filter(({ value }) => value.toLowerCase().includes(wanted))
    .map(
      ({ value, rows }): Offer => ({
        value: { kind: "text", value, ...NOWHERE },
        label: value === "" ? "(empty)" : value,
        hint: formatCount(rows),
      }),
    );
  return [...common, ...named];
}

function quantiles({ quantiles: values }: ValuesView): Offer[] {
  const seen = new Set<string>();
  return values.flatMap((value, place): Offer[] => {
    const text = rounded(value);
    if (seen.has(text)) return [];
    seen.add(text);
    return [
      {
        value: { kind: "number", value: text, notation: "plain", ...NOWHERE },
        label: text,
        hint: QUARTERS[place] ?? "",
      },
    ];
  });
}

function ends({ range }: ValuesView): Offer[] {
  if (range === null) return [];
  return [["earliest", range.min] as const, ["latest", range.max] as const].map(([hint, value]) => {
    const text = String(value).slice(0, 10);
    return { value: { kind: "moment" as const, text, ...NOWHERE }, label: text, hint };
  });
}

/** Three figures are enough of a border. */
function rounded(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1_000) return String(value);
  const short = Number(value.toPrecision(3));
  return Math.abs(short) >= 1e-6 && Math.abs(short) < 1e15 ? String(short) : String(Math.round(value));
}

function fits(type: InputValue["type"], kind: TypeKind): boolean {
  if (isTime(kind)) return type === "date" || type === "timestamp";
  if (kind === "number") return type === "number";
  if (kind === "boolean") return type === "boolean";
  return type === "text" || type === "choice";
}
