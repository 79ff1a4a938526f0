import { ARCHETYPES } from "./archetypes.ts";
import { calendar, LAST_DAY } from "./calendar.ts";
import { CATEGORIES } from "./catalogue.ts";
import { FLAWS } from "./flaws.ts";
import { machineOpensFrom } from "./planted-machine-opens.ts";
import { literal, wheel } from "./randomness.ts";

/**
 * Table `people`: one row per customer with what the shop can't see of them, and what it can. Needs `archetypes`.
 * Rates are the archetype's own, times a log-normal of mean 1.
 */
export function peopleTable(customers: number): string {
  return `CREATE TABLE people AS
    WITH numbered AS (
      SELECT number + 1 AS customer_id, key_of('person', number + 1) AS k FROM range(${customers}) AS numbers(number)
    )
    SELECT
      customer_id, k, a.archetype,
      DATE ${literal(LAST_DAY)} - (a.least + (a.most - a.least) * pow(unit(k, 'signed up'), a.rise))::INTEGER AS signed_up,
      CASE WHEN a.lapsed_from IS NOT NULL THEN DATE ${literal(LAST_DAY)}
        - (a.lapsed_to + (a.lapsed_from - a.lapsed_to) * unit(k, 'lapsed'))::INTEGER END AS lapsed_on,
      a.visits * varied(k, 'visits', a.visit_spread) AS visit_rate,
      a.orders * varied(k, 'orders', a.order_spread) AS order_rate,
      a.sends * (0.7 + 0.6 * unit(k, 'sends')) AS send_rate,
      a.discounted * (1e0 - 0.35 * unit(k, 'discounted')) / 0.825 AS discounted,
      varied(k, 'interest', 0.45) AS interest,
      1 + floor(7 * unit(k, 'weekday'))::INTEGER AS own_weekday,
      pick([${CATEGORIES.map(literal).join(", ")}], unit(k, 'favourite')) AS favourite,
      pick(${wheel(DEVICES)}, unit(k, 'device')) AS device,
      pick(${wheel(COUNTRIES)}, unit(k, 'country')) AS country,
      pick(${wheel(CHANNELS)}, unit(k, 'channel')) AS channel,
      pick(${wheel(DOMAINS)}, unit(k, 'domain')) AS mail_domain,
      ${machineOpensFrom("k")} AS machine_opens_from,
      unit(k, 'consent') < 0.94 AS consent,
      CASE WHEN unit(k, 'mailbox') < 0.03
        THEN DATE ${literal(LAST_DAY)} - floor(396 * unit(k, 'mailbox closed'))::INTEGER END AS mailbox_closed_on
    FROM numbered JOIN archetypes AS a ON unit(k, 'archetype') >= a.low AND unit(k, 'archetype') < a.high`;
}

/** What the shop knows of its customers: the rows of customers.csv. */
export function customersQuery(): string {
  const name = `lower(pick([${FORENAMES.map(literal).join(", ")}], unit(k, 'forename')) || '.'
    || pick([${SURNAMES.map(literal).join(", ")}], unit(k, 'surname')))`;
  return `SELECT customer_id,
      CASE WHEN unit(k, 'bad email') < ${FLAWS.badEmails} / 2 THEN ${name} || customer_id
        WHEN unit(k, 'bad email') < ${FLAWS.badEmails} THEN ${name} || '@@' || mail_domain
        ELSE ${name} || customer_id || '@' || mail_domain END AS email,
      CASE WHEN unit(k, 'no country') >= ${FLAWS.missingCountries} THEN country END AS country,
      signed_up, channel, consent,
      DATE '2008-01-01' - (1 + 20000 * unit(k, 'birthday') * (0.4 + 0.6 * unit(k, 'generation')))::INTEGER AS birthday
    FROM people ORDER BY customer_id`;
}

/** Table `archetypes`, with the borders between which a uniform draw means this one. */
export function archetypesTable(): string {
  let low = 0;
  const rows = ARCHETYPES.map((a) => {
    const from = low;
    low += a.share;
    const numbers = [
      ...[from, low, a.signedUp.least, a.signedUp.most, a.signedUp.rise],
      ...[a.lapsed?.from ?? null, a.lapsed?.to ?? null],
      ...[a.visits.perDay, a.visits.spread, a.visits.pages, a.visits.carts],
      ...[a.orders.perDay, a.orders.spread, a.orders.habit, a.orders.saleLift, a.orders.discounted, a.orders.lines],
      ...[a.mail.perDay, a.mail.open, a.mail.click, a.mail.unsubscribe],
    ];
    return `(${[literal(a.name), ...numbers.map((n) => `${literal(n)}::DOUBLE`)].join(", ")})`;
  });
  return `CREATE TABLE archetypes AS SELECT * FROM (VALUES ${rows.join(", ")}) AS rows(
    archetype, low, high, least, most, rise, lapsed_from, lapsed_to, visits, visit_spread, pages, carts,
    orders, order_spread, habit, sale_lift, discounted, lines, sends, open, click, unsubscribe)`;
}

/** Table `days`: the calendar. */
export function daysTable(): string {
  const rows = calendar().map((d) => {
    const factors = [d.visits, d.orders, d.sends, d.opens, d.clicks].map((factor) => `${factor}::DOUBLE`);
    return `(DATE ${literal(d.day)}, ${literal(d.month)}, ${d.number}, ${d.weekday}, ${factors.join(", ")}, ${d.sale})`;
  });
  return `CREATE TABLE days AS SELECT * FROM (VALUES ${rows.join(", ")}) AS rows(
    day, month, number, weekday, visits, orders, sends, opens, clicks, sale)`;
}

const DEVICES = { mobile: 56, desktop: 36, tablet: 8 };
const COUNTRIES = { "United Kingdom": 58, Ireland: 9, "United States": 13, Germany: 8, France: 6, Netherlands: 6 };
const CHANNELS = { search: 36, social: 24, referral: 16, direct: 14, partner: 10 };
/** Reserved names, so that no address is anybody's. */
const DOMAINS = {
  "gmail.example": 45,
  "outlook.example": 17,
  "icloud.example": 15,
  "yahoo.example": 11,
  "gmx.example": 6,
  "work.example": 6,
};
const FORENAMES = ["Ada", "Ben", "Cleo", "Dev", "Elsa", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Kemi", "Lars"];
const SURNAMES = ["Stone", "Marsh", "Okafor", "Lindt", "Byrne", "Rao", "Castell", "Novak", "Hale", "Weber", "Quinn"];
