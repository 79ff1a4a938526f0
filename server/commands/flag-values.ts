import { CallFault } from "./command.ts";

/** What a flag was given, which must be one of a few words. Throws CallFault. */
export function oneOf<T extends string>(flag: string, values: readonly T[], given: string): T {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new CallFault(`--${flag} is one of ${values.join(", ")}, found ${given}.`);
  return found;
}

/** What a flag was given, which must be a whole number from 1 to `most`. Throws CallFault. */
export function upTo(flag: string, most: number, given: string | number): number {
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new CallFault(`--${flag} takes a whole number from 1 to ${most}, found ${given}.`);
}
