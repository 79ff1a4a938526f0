import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type { Clock, Vocabulary } from "../../../server/language/vocabulary.ts";
import { type Choices, duration } from "./arbitraries.ts";
import type { Row, World } from "./interpreter.ts";
import { shop } from "./shop.ts";

/** Nights of a changed clock, ends of months, a leap day; never inside the hour that a clock shows twice. */
export const clocks: fc.Arbitrary<Clock> = fc
  .tuple(
    fc.constantFrom(
      "UTC",
      "Europe/London",
      "America/New_York",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "Pacific/Auckland",
      "America/St_Johns",
    ),
    fc.constantFrom(
      "2026-11-11T00:00",
      "2026-03-31T12:00",
      "2026-03-29T12:00",
      "2026-03-09T00:00",
      "2026-10-26T00:00",
      "2026-11-02T18:00",
      "2026-04-05T12:00",
      "2026-10-04T06:00",
      "2024-02-29T12:00",
      "2024-03-01T00:00",
      "2026-12-31T23:59:59.999",
    ),
  )
  .map(([zone, text]) => ({
    asOf: Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds,
    zone,
    weekStarts: "monday",
  }));

const durations = fc.constantFrom(
  duration(1, "day"),
  duration(7, "day"),
  duration(30, "day"),
  duration(12, "hour"),
  duration(90, "minute"),
  duration(2, "week"),
  duration(1, "month"),
  duration(1, "quarter"),
  duration(1, "year"),
  duration(61, "minute"),
  duration(25, "hour"),
  duration(3, "month"),
  duration(13, "month"),
  duration(4, "year"),
);

/** Values on a grid, so that random data often meets the borders of random rules; quarters add up exactly as doubles. */
export function choicesOf(clock: Clock): Choices {
  const today = Temporal.Instant.fromEpochMilliseconds(clock.asOf).toZonedDateTimeISO(clock.zone).toPlainDate();
  const day = fc.integer({ min: -35, max: 2 }).map((days) => today.add({ days }).toString());
  return {
    numbers: fc.constantFrom("0", "1", "2", "3", "0.25", "0.5", "-1", "10", "2.75", "0.001"),
    texts: fc.constantFrom("UK", "FR", "U", "K", "", "%", "uk", "u_"),
    moments: fc.oneof(
      day,
      day.map((each) => `${each} 12:00`),
      day.map((each) => `${each}T06:00:00Z`),
      day.map((each) => `${each}T06:00:00+02:00`),
    ),
    durations,
    inputs: true,
    segments: [],
  };
}

/** Moments at and around the borders of windows, in the past and the future. */
function instants({ asOf, zone }: Clock): fc.Arbitrary<Temporal.Instant> {
  const end = Temporal.Instant.fromEpochMilliseconds(asOf);
  const local = end.toZonedDateTimeISO(zone);
  const borders = [
    end,
    ...[1, 7, 14, 30].map((days) => end.subtract({ hours: 24 * days })),
    end.subtract({ hours: 12 }),
    end.subtract({ minutes: 90 }),
    end.subtract({ minutes: 61 }),
    end.subtract({ hours: 25 }),
    ...[1, 3, 12, 13, 48].map((months) => local.subtract({ months }).toInstant()),
  ];
  const border = fc
    .tuple(fc.constantFrom(...borders), fc.constantFrom(-1000, -1, 0, 0, 1, 1000))
    .map(([instant, microseconds]) => instant.add({ microseconds }));
  const grid = fc.integer({ min: -160, max: 6 }).map((steps) =>
    local
      .startOfDay()
      .add({ hours: 6 * steps })
      .toInstant(),
  );
  return fc.oneof(border, grid).filter((instant) => !isShownTwice(instant, zone));
}

/** In the hour that the clock shows twice, a time without a zone does not say which it is. */
function isShownTwice(instant: Temporal.Instant, zone: string): boolean {
  const wall = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  const [first, second] = (["earlier", "later"] as const).map((each) =>
    wall.toZonedDateTime(zone, { disambiguation: each }),
  );
  return !first || !second || !first.equals(second);
}

export function worlds(clock: Clock): fc.Arbitrary<World & { people: Row[] }> {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 5 });
  const id = fc.constantFrom(1, 2, 3, 4);
  const quarters = fc.integer({ min: -8, max: 48 }).map((count) => count / 4);
  const word = fc.constantFrom("UK", "FR", "uk", "", "U%", "UUK");
  const local = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(clock.zone);
  const wall = instants(clock).map((instant) => local(instant).toPlainDateTime().toString());
  const point = instants(clock).map((instant) => instant.toString());
  const day = instants(clock).map((instant) => local(instant).toPlainDate().toString());
  const birthday = fc
    .tuple(day, fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 34 }))
    .map(([date, years, days]) => Temporal.PlainDate.from(date).add({ days }).subtract({ years }).toString());
  const leap = fc.constantFrom("2020-02-29", "2024-02-29", "2020-02-28", "2020-03-01");
  const person = fc.record({
    total_spend: maybe(quarters),
    visits: maybe(fc.nat({ max: 3 })),
    score: maybe(quarters),
    country: maybe(word),
    subscribed: maybe(fc.boolean()),
    birthday: maybe(fc.oneof(birthday, leap)),
    last_purchase: maybe(wall),
    seen_at: maybe(point),
    "between days": maybe(fc.nat({ max: 3 })),
  });
  const order = fc.record({
    customer_id: maybe(id),
    at: maybe(wall),
    amount: maybe(quarters),
    items: maybe(fc.nat({ max: 3 })),
    country: maybe(word),
    shipped_at: maybe(wall),
    weight: maybe(quarters),
  });
  const view = fc.record({
    customer_id: maybe(id),
    at: maybe(point),
    category: maybe(word),
    seconds: maybe(fc.nat({ max: 3 })),
  });
  const mail = fc.record({
    customer_id: id,
    at: maybe(day),
    kind: maybe(fc.constantFrom("open", "click", "bounce")),
    campaign: maybe(word),
  });
  const persona = fc.record({ customer_id: maybe(id), segment: fc.constantFrom("Cluster 1", "Both") });
  const keyType = fc.constantFrom("BIGINT", "BIGINT", "INTEGER", "VARCHAR", "DECIMAL(9,0)");
  return fc
    .record({
      people: fc.array(person, { minLength: 5, maxLength: 5 }),
      orders: fc.array(order, { maxLength: 16 }),
      views: fc.array(view, { maxLength: 12 }),
      mails: fc.array(mail, { maxLength: 12 }),
      personas: fc.array(persona, { maxLength: 5 }),
      keys: fc.record({ orders: keyType, views: keyType, mails: keyType }),
    })
    .map(({ people, keys, ...relations }) => ({
      vocabulary: withKeys(keys),
      clock,
      relations,
      people: people.map((each, index) => ({ customer_id: index + 1, ...each })),
    }));
}

/** The shop with keys of other types than the people's in its events. */
function withKeys(types: Readonly<Record<string, string>>): Vocabulary {
  const events = shop.events.map((event) => ({
    ...event,
    columns: event.columns.map((column) =>
      column.name === event.entity ? { ...column, type: types[event.relation] ?? column.type } : column,
    ),
  }));
  return { ...shop, events };
}
