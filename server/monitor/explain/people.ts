import { rateVariance } from "./binomial.ts";

/** Who a segment's chances were of before and after a change: those of both times, and of one alone. */
export interface People {
  readonly stayed: { readonly before: Tally; readonly after: Tally };
  readonly gone: Tally;
  readonly came: Tally;
  /** How many people there were before. */
  readonly before: number;
}

interface Tally {
  readonly x: number;
  readonly n: number;
}

/** What people came and went by when a rule was edited about when the change began. */
export interface Edit {
  /** `rule`: the segment's own; `upstream`: what it is made of. */
  readonly what: "rule" | "upstream";
  /** In words: `12 Nov`. */
  readonly at: string;
  readonly came: number;
  readonly went: number;
}

/** An edit by which fewer came and went, of those before, changes nothing worth a word. */
const EDITED = 0.05;
/** Those who stayed explain a change where they make more than this of it themselves, and hardly any below the other. */
const ALONE = 0.6;
const LITTLE = 0.4;
/** Of so many new receivers it is not said that they are the same people. */
const NEW = 0.3;
/** The estimate must be as sure as this share of the change; 95 %, `inflation` times a binomial's variance. */
const SURE = 0.5;

/** Whether its rule was edited, its people changed, or the same people behaved otherwise: one clause; null where it can't be told. */
export function peopleCause(people: People, edit: Edit | null, inflation: number): string | null {
  const edited = edit === null ? null : editCause(edit, people.before);
  if (edited !== null) return edited;
  const { stayed, gone, came } = people;
  const [before, after] = [sum(stayed.before, gone), sum(stayed.after, came)];
  if (before.n === 0 || after.n === 0) return null;
  const fresh = came.n / after.n;
  const share = `${Math.round(100 * fresh)} % of the sends since go to people who were not in it before`;
  const total = rate(after) - rate(before);
  if (total === 0) return null;
  if (stayed.before.n === 0 || stayed.after.n === 0) return `its people changed: ${share}`;
  const own = rate(stayed.after) - rate(stayed.before);
  const error = Math.sqrt(inflation * (rateVariance(stayed.before) + rateVariance(stayed.after)));
  if (1.96 * error > SURE * Math.abs(total)) return null;
  const levels = `${percent(rate(stayed.before))} to ${percent(rate(stayed.after))}`;
  if (own / total >= ALONE) return fresh <= NEW ? "same people" : `those who were in it before did alike (${levels})`;
  if (own / total <= LITTLE)
    return `its people changed: ${share}, and those who were are about as they were (${levels})`;
  return `partly its people: ${share}, and those who were went from ${percent(rate(stayed.before))} to ${percent(rate(stayed.after))}`;
}

/** That a rule was edited, and by how many that changed those who were there `before`; null where it is too few for a word. */
export function editCause({ what, at, came, went }: Edit, before: number): string | null {
  if (came + went < EDITED * before) return null;
  const edited = what === "rule" ? "its rule was edited" : "what its rule is made of was edited";
  return `${edited} on ${at} (${counted(came)} came, ${counted(went)} went by it)`;
}

function sum(a: Tally, b: Tally): Tally {
  return { x: a.x + b.x, n: a.n + b.n };
}

function rate({ x, n }: Tally): number {
  return x / n;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function counted(people: number): string {
  return String(people).replace(/\B(?=(\d{3})+$)/g, ",");
}
