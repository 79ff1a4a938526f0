import type { Problem } from "./model.ts";
import { isMoment } from "./moment.ts";
import { nearest } from "./nearest.ts";

type Fault = Pick<Problem, "code" | "message" | "hint">;

/** Reads one value of the head: the value, or what is wrong with it. */
type HeadKey = (value: unknown) => { readonly value: string | number | null } | Fault;

/** The head's keys, each with how its value is read. */
export const headKeys: ReadonlyMap<string, HeadKey> = new Map<string, HeadKey>([
  ["segbook", (value) => whole("segbook", value, 1, "Write `segbook: 1`.")],
  ["title", (value) => text("title", value, "Write the title in quotes.")],
  ["entity", (value) => text("entity", value, "Write the name of the key column, such as `customer_id`.")],
  ["as_of", asOf],
  ["timezone", timezone],
  ["week_starts", weekStarts],
  ["seed", (value) => whole("seed", value, 0, "Write a whole number, such as `seed: 1`.")],
  ["exclude", (value) => text("exclude", value, "Write a rule, as a block after `exclude: |-`.")],
]);

function text(key: string, value: unknown, hint: string): ReturnType<HeadKey> {
  if (typeof value === "string" && value.trim() !== "") return { value };
  return wrong(key, "text", value, hint);
}

function whole(key: string, value: unknown, least: number, hint: string): ReturnType<HeadKey> {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return { value };
  return wrong(key, `a whole number of at least ${least}`, value, hint);
}

function asOf(value: unknown): ReturnType<HeadKey> {
  if (typeof value === "string" && (value === "now" || isMoment(value) || /^\$[a-z][a-z0-9_]{0,62}$/.test(value))) {
    return { value };
  }
  const hint =
    "Write a day such as `2026-03-31`, a moment such as `2026-03-31 18:00`, an input such as `$report_day`, or `now`.";
  return wrong("as_of", "a moment, an input or `now`", value, hint);
}

function weekStarts(value: unknown): ReturnType<HeadKey> {
  if (value === "monday" || value === "sunday") return { value };
  return wrong("week_starts", "`monday` or `sunday`", value, "Write `week_starts: monday`.");
}

function timezone(value: unknown): ReturnType<HeadKey> {
  if (typeof value === "string" && isZone(value)) return { value };
  const zones = typeof value === "string" ? nearZones(value) : [];
  const hint =
    zones.length > 0
      ? `Did you mean ${zones.map((zone) => `\`${zone}\``).join(" or ")}?`
      : "Write an IANA name such as `Europe/London`.";
  return wrong("timezone", "the IANA name of a time zone", value, hint);
}

/** Offsets such as `+02:00` are not zones: they know no summer time. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Zones by their whole name, and by their city where only that was written. */
function nearZones(name: string): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  const near = nearest(name, zones);
  if (near.length > 0) return near;
  const cities = new Map(zones.map((zone) => [zone.split("/").at(-1) ?? zone, zone]));
  return nearest(name.split("/").at(-1) ?? name, cities.keys()).map((city) => cities.get(city) ?? city);
}

function wrong(key: string, expected: string, value: unknown, hint: string): Fault {
  const found = value === null ? "nothing" : `\`${typeof value === "object" ? JSON.stringify(value) : String(value)}\``;
  return {
    code: "head-value",
    message: `\`${key}\` must be ${expected}, but is ${found}.`,
    hint,
  };
}
