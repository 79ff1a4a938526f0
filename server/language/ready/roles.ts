import { isTime, kindOf } from "../types.ts";
import type { EventWord } from "../vocabulary.ts";

/** What a ready feature needs of a notebook: an event, a source whose rows are pages, or a column of either. */
export type Role =
  | "visit"
  | "page"
  | "session"
  | "product"
  | "cart"
  | "order"
  | "amount"
  | "category"
  | "opened"
  | "clicked"
  | "send"
  | "machine_open"
  | "machine_click";

/** What stands for each role: an event's words, a source's id, or a column's name; absent where nothing does. */
export type Roles = Readonly<Partial<Record<Role, string>>>;

interface RoleShape {
  /** As a form names it. */
  readonly label: string;
  readonly takes: "event" | "source" | "column";
  /** For a column, the event or source that must have it. */
  readonly of: Role | null;
  /** For a column, which types it may have. */
  readonly type: RegExp | null;
  /** What is likely, the likeliest first; in words, so that `cart_id` and `cart id` are one. */
  readonly likely: readonly RegExp[];
  /** What it means to leave it out; null where the features that need it can't do without. */
  readonly without: string | null;
}

const NUMBER = /INT|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL/i;
const TEXT = /CHAR|TEXT|ENUM/i;
const event = { takes: "event", of: null, type: null, without: null } as const;
const MACHINE = /\b(machine|bot|proxy|prefetch|automatic)/;

export const ROLES: Readonly<Record<Role, RoleShape>> = {
  visit: { ...event, label: "Visit", likely: [/^visit|visited/, /landing|came to/, /view.*page|page.*view/] },
  page: {
    ...{ label: "Pages, of which sessions are made", takes: "source", of: null, type: null, without: null },
    likely: [/view.*page|page.*view/, /view|visit|landing/],
  },
  session: {
    ...{ label: "Session", takes: "column", of: "page", type: null },
    ...{ likely: [/session/, /^visit( id)?$/], without: "by 30 minutes of silence" },
  },
  product: { ...event, label: "Product view", likely: [/view.*product|product.*view/, /view.*item/] },
  cart: { ...event, label: "Cart addition", likely: [/add.*(cart|basket|bag)/, /cart|basket/] },
  order: { ...event, label: "Order", likely: [/placed.*order/, /order|purchase|bought|transaction|invoice|paid/] },
  amount: {
    ...{ label: "Amount", takes: "column", of: "order", type: NUMBER, without: null },
    likely: [/^amount$/, /amount|revenue|spend|total|turnover/, /value|price/],
  },
  category: {
    ...{ label: "Category", takes: "column", of: "order", type: TEXT, without: null },
    likely: [/categor/, /department|segment|brand|product type/],
  },
  opened: { ...event, label: "Open", likely: [/^(?!.*(machine|bot|proxy)).*open/] },
  clicked: { ...event, label: "Click", likely: [/^(?!.*(machine|bot|proxy)).*click/] },
  send: {
    ...{ label: "Message", takes: "column", of: "opened", type: null, without: "count every open and click" },
    likely: [/^(send|message|mail|email)( id)?$/, /^campaign/],
  },
  machine_open: {
    ...{ label: "Flag of machine opens", takes: "column", of: "opened", type: /^BOOL/i, without: "none" },
    likely: [MACHINE],
  },
  machine_click: {
    ...{ label: "Flag of machine clicks", takes: "column", of: "clicked", type: /^BOOL/i, without: "none" },
    likely: [/\b(machine|bot|proxy).*click/],
  },
};

export const ALL_ROLES = Object.keys(ROLES) as Role[];

/** What may stand for a role, the likeliest first. */
export function candidatesOf(role: Role, roles: Roles, events: readonly EventWord[]): string[] {
  const { takes, of, type } = ROLES[role];
  if (takes === "event")
    return likeliest(
      role,
      events.map(({ words }) => words),
    );
  if (takes === "source") {
    const timed = events.filter(hasTimeOfDay);
    const words = new Map<string, string>();
    for (const one of timed) words.set(one.relation, `${words.get(one.relation) ?? ""} ${one.words}`);
    return likeliest(role, [...words.keys()], (relation) => words.get(relation) ?? "");
  }
  const home = homeOf(of, roles, events);
  const columns = (home?.columns ?? []).filter(
    (column) => column.name !== home?.entity && column.name !== home?.at && (type === null || type.test(column.type)),
  );
  return likeliest(
    role,
    columns.map(({ name }) => name),
  );
}

/** What most likely stands for each role; a role for which nothing looks likely is left out. */
export function guessRoles(events: readonly EventWord[], chosen: Roles = {}): Roles {
  const roles: Partial<Record<Role, string>> = {};
  for (const role of ALL_ROLES) {
    const candidates = candidatesOf(role, roles, events);
    const kept = chosen[role];
    // An empty choice leaves the role out.
    if (kept === "") continue;
    const [first] = candidates;
    if (kept !== undefined && candidates.includes(kept)) roles[role] = kept;
    else if (first !== undefined && isLikely(role, wordsOfCandidate(role, first, events))) roles[role] = first;
  }
  return roles;
}

/** The event of a role, or for a source one of its events. */
export function homeOf(role: Role | null, roles: Roles, events: readonly EventWord[]): EventWord | null {
  const name = role === null ? undefined : roles[role];
  if (role === null || name === undefined) return null;
  const isMeant = (one: EventWord) => (ROLES[role].takes === "source" ? one.relation === name : one.words === name);
  return events.find(isMeant) ?? null;
}

/** Whether an event's time tells more than its day. */
export function hasTimeOfDay({ at, columns }: EventWord): boolean {
  const kind = kindOf(columns.find(({ name }) => name.toLowerCase() === at.toLowerCase())?.type ?? "TIMESTAMP");
  return isTime(kind) && kind !== "date";
}

function wordsOfCandidate(role: Role, name: string, events: readonly EventWord[]): string {
  if (ROLES[role].takes !== "source") return name;
  const words = events.filter(({ relation }) => relation === name).map((one) => one.words);
  return words.join(" ");
}

function likeliest(role: Role, names: readonly string[], wordsOf: (name: string) => string = (name) => name): string[] {
  const rank = (name: string) => {
    const found = ROLES[role].likely.findIndex((pattern) => pattern.test(plain(wordsOf(name))));
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  };
  return [...new Set(names)]
    .map((name, place) => ({ name, place, rank: rank(name) }))
    .sort((a, b) => (a.rank === b.rank ? a.place - b.place : a.rank - b.rank))
    .map(({ name }) => name);
}

function isLikely(role: Role, words: string): boolean {
  return ROLES[role].likely.some((pattern) => pattern.test(plain(words)));
}

function plain(words: string): string {
  return words.replace(/[_-]+/g, " ").toLowerCase();
}
