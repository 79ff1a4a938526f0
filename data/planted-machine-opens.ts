import { addDays, FIRST_DAY, LAST_DAY } from "./calendar.ts";

/** Mail providers that open mail on their own for this share of their people: one always, one from `firstDay` on. */
export const PLANTED_MACHINE_OPENS = {
  metric: "machine_open_rate",
  mailDomain: "yahoo.example",
  share: 0.85,
  firstDay: addDays(LAST_DAY, -201),
  always: { mailDomain: "icloud.example", share: 0.88 },
} as const;

/** The first day of which a person's mail is opened by a machine, in SQL; NULL for never. */
export function machineOpensFrom(key: string): string {
  const { mailDomain, share, firstDay, always } = PLANTED_MACHINE_OPENS;
  const drawn = `unit(${key}, 'privacy')`;
  return `CASE WHEN mail_domain = '${always.mailDomain}' AND ${drawn} < ${always.share} THEN DATE '${FIRST_DAY}'
    WHEN mail_domain = '${mailDomain}' AND ${drawn} < ${share} THEN DATE '${firstDay}' END`;
}
