import { cell } from "../notebook-runs.ts";

/** Somebody's two habits. */
export type Person = readonly [id: number, spend: number, orders: number];

export function peopleFile(people: readonly Person[]): string {
  return `customer_id,spend,orders\n${people.map((one) => `${one.join(",")}\n`).join("")}`;
}

/** People around a place, at even steps: the same ones give the same file. */
export function around(first: number, count: number, [spend, orders]: readonly [number, number]): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [(i % 9) - 4, ((i * 7) % 11) - 5];
    return [first + i, spend + x, orders + y] as const;
  });
}

/** A notebook with one cluster cell over such people. */
export function notebook(more: string): string {
  const source = cell(
    "source",
    "people",
    "files: people.csv\ncolumns: {customer_id: BIGINT, spend: DOUBLE, orders: DOUBLE}",
  );
  return `${source}${cell("cluster", "kinds", `of: people\ncolumns: [spend, orders]\nscale: none\ntransform: {spend: none, orders: none}\n${more}`)}`;
}

/** Three kinds far from each other, of 90, 70 and 60 people: A, B and C. */
export const PLACES = { a: [0, 0], b: [100, 0], c: [0, 100] } as const;

export function threeKinds(): { a: Person[]; b: Person[]; c: Person[] } {
  return { a: around(1000, 90, PLACES.a), b: around(2000, 70, PLACES.b), c: around(3000, 60, PLACES.c) };
}
