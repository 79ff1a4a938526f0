import { literal } from "../../language/quote.ts";

/** SQL over `key`: the key without case, blanks and leading zeros. */
export const ALIKE = "coalesce(nullif(ltrim(regexp_replace(lower(key), '\\s', '', 'g'), '0'), ''), '0')";

/** Words that stand for nobody, as tests and exports leave them. */
const NOBODY = ["", "-1", "null", "none", "nan", "n/a", "na", "undefined", "unknown", "anonymous", "guest", "dummy"];

/** SQL that is true for keys that may stand for nobody. */
export function suspects(key: string): string {
  const text = `lower(trim(${key}))`;
  const words = NOBODY.map((word) => literal(word)).join(", ");
  return `${text} IN (${words}, '0') OR regexp_matches(${text}, '^(test.*|9{3,}|x{3,})$')`;
}

export interface Suspected {
  readonly distinct: number;
  readonly rows: number;
  readonly missing: number;
  readonly has1: boolean;
  readonly greatestOther: number | null;
}

/** A key with so many times the rows of an average one is no customer's. */
const HEAVY = 20;

/** Whether a suspected key stands for nobody; 0 and 999 may be numbers like all others. */
export function standsForNobody({ key, rows }: { key: string; rows: number }, among: Suspected): boolean {
  const text = key.trim().toLowerCase();
  const others = Math.max(1, among.distinct - 1);
  const average = Math.max(1, (among.rows - among.missing - rows) / others);
  const isHeavy = rows > HEAVY * average;
  if (text === "0") return isHeavy || !among.has1;
  if (!/^9+$/.test(text)) return true;
  // A nine beyond all that is counted up to is filled in by hand.
  return isHeavy || among.greatestOther === null || Number(text) > 2 * among.greatestOther;
}
