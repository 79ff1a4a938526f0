import { z } from "zod";
import { literal, name as quoted } from "../language/quote.ts";

/** Suffix of the relation with those who are held out of what is sent. */
export const HELD_OUT = "_held_out";

/** Bits of the hash that decide: as many as a double holds exactly. */
const BITS = 52;

const share = z
  .union([z.number(), z.string()])
  .transform((value) => shareOf(value) ?? -1)
  // After the transformation: of two forms that a value may have, a slip in one is then told as such.
  .refine((value) => value >= 0, "expected a share from 0 to below 100 %, such as 10% or 0.1");

/** One share for all segments of a cell, or one for each that is named; null where nobody is held out. */
export const controlSchema = z
  .union([share, z.record(z.string(), share)])
  .nullable()
  .default(null);

export type Control = z.infer<typeof controlSchema>;

/** Names that have a share and are none of the segments'. */
export function unknownControls(control: Control, segments: readonly string[]): string[] {
  return control === null || typeof control === "number"
    ? []
    : Object.keys(control).filter((name) => !segments.includes(name));
}

/**
 * Of everybody in a segment the share that is held out: those whose number is below it. The number is the first 13 digits
 * of the MD5 of `seed|segment|key`, read as a hexadecimal, over 16^13: even over people, and the same whatever the engine
 * and whoever else there is.
 */
export function heldOutSql(
  members: string,
  { control, segments, entity, seed }: { control: Control; segments: readonly string[]; entity: string; seed: number },
): string {
  const key = quoted(entity);
  const shares = segments.flatMap((segment) => {
    const own = typeof control === "number" ? control : (control?.[segment] ?? 0);
    return own === 0 ? [] : [`WHEN ${literal(segment)} THEN ${Math.round(own * 2 ** BITS)}`];
  });
  const number = `('0x' || left(md5(${literal(`${seed}|`)} || segment || '|' || ${key}::VARCHAR), 13))::BIGINT`;
  const below = shares.length === 0 ? "false" : `${number} < CASE segment ${shares.join(" ")} ELSE 0 END`;
  return `SELECT ${key}, segment FROM ${quoted(members)} WHERE ${below} ORDER BY ${key}, segment`;
}

/** From 0 to below 1; null where the text or number is none. */
function shareOf(value: number | string): number | null {
  const percent = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value)?.[1] : undefined;
  const found = typeof value === "number" ? value : percent === undefined ? Number.NaN : Number(percent) / 100;
  return found >= 0 && found < 1 ? found : null;
}
