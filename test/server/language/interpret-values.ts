import { Temporal } from "temporal-polyfill";
import type { Expression, Measure, Step, Window } from "../../../server/language/tree.ts";
import { dayOf, daysBetween, lastDay } from "./interpret-time.ts";
import { eventsOf, type Row, timeOfEvent, type World } from "./interpreter.ts";

/** An expression's value for a person; sums and counts of nothing are 0, all else of nothing is missing. */
export function featureOf(world: World, person: Row, expression: Expression): number | string | null {
  switch (expression.kind) {
    case "number":
      return Number(expression.value);
    case "input":
      throw new Error("inputs are tested apart");
    case "measure":
      return measure(world, person, expression);
    case "negative": {
      const value = featureOf(world, person, expression.part);
      return value === null ? null : -Number(value);
    }
    case "arithmetic": {
      const a = featureOf(world, person, expression.left);
      const b = featureOf(world, person, expression.right);
      if (a === null || b === null) return null;
      const [x, y] = [Number(a), Number(b)];
      if (expression.operator === "/") return y === 0 ? null : x / y;
      return { "+": x + y, "-": x - y, "*": x * y }[expression.operator];
    }
    case "since":
      return elapsed(world, person, expression);
    case "gap": {
      const times = timesOf(world, person, expression.step, expression.window);
      const [first, last] = [times[0], times.at(-1)];
      if (!first || !last || times.length < 2) return null;
      return daysBetween(dayOf(world, first), dayOf(world, last)) / (times.length - 1);
    }
  }
}

export function measure(
  world: World,
  person: Row,
  { how, property, step: wanted, window }: Measure,
): number | string | null {
  const rows = eventsOf(world, person, wanted, window);
  if (how === "count" || !property) return rows.length;
  const values = rows.map((row) => row[property.name] ?? null).filter((value) => value !== null);
  if (how === "distinct") return new Set(values).size;
  if (how === "most frequent") {
    const counts = [...new Set(values)].map((value) => ({
      value: String(value),
      n: values.filter((each) => each === value).length,
    }));
    const most = Math.max(...counts.map(({ n }) => n));
    return (
      counts
        .filter(({ n }) => n === most)
        .map(({ value }) => value)
        .sort()[0] ?? null
    );
  }
  const numbers = values.map(Number).sort((a, b) => a - b);
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (how === "sum") return sum;
  const n = numbers.length;
  if (n === 0) return null;
  if (how === "min") return numbers[0] ?? null;
  if (how === "max") return numbers[n - 1] ?? null;
  if (how === "average") return sum / n;
  if (how === "median") return ((numbers[Math.floor((n - 1) / 2)] ?? 0) + (numbers[Math.ceil((n - 1) / 2)] ?? 0)) / 2;
  if (n < 2) return null;
  return Math.sqrt(numbers.reduce((total, value) => total + (value - sum / n) ** 2, 0) / (n - 1));
}

export function elapsed(
  world: World,
  person: Row,
  { unit, which, step: wanted, window }: Expression & { kind: "since" },
): number | null {
  const times = timesOf(world, person, wanted, window);
  const time = which === "first" ? times[0] : times.at(-1);
  if (!time) return null;
  const milliseconds = world.clock.asOf - Number(time.epochNanoseconds) / 1e6;
  if (unit === "minute" || unit === "hour") return milliseconds / (unit === "minute" ? 60_000 : 3_600_000);
  const day = dayOf(world, time);
  const days = daysBetween(day, lastDay(world));
  if (unit === "day" || unit === "week") return unit === "day" ? days : days / 7;
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  let count = 0;
  while (Temporal.PlainDate.compare(day.add({ months: months * (count + 1) }), lastDay(world)) <= 0) count += 1;
  return count;
}

export function timesOf(world: World, person: Row, wanted: Step, window: Window | null): Temporal.Instant[] {
  return eventsOf(world, person, wanted, window)
    .map((row) => timeOfEvent(world, wanted, row))
    .sort(Temporal.Instant.compare);
}
