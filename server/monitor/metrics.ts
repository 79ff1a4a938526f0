/** The rates that are watched: which columns they are made of, and their words. */
export interface Metric {
  readonly name: string;
  /** As in a sentence: `click rate`. */
  readonly words: string;
  /** What is counted: `clicks`. */
  readonly events: string;
  /** Events, and chances: a counted relation's columns, each plus or minus. */
  readonly numerator: string;
  readonly denominator: string;
  /** Taken off both where the relation has it: receivers whose open was a machine's. */
  readonly machine: string | null;
  /** Taken off the events alone where the relation has it: receivers whose clicks are suspected to be a machine's. */
  readonly suspected: string | null;
}

export const METRICS: readonly Metric[] = [
  rate("open_rate", "open rate", "opens", "opened", "delivered", "machine_opened"),
  { ...rate("click_rate", "click rate", "clicks", "clicked", "delivered", null), suspected: "suspected_clicks" },
  rate("click_rate_with_suspected", "click rate with suspected machines", "clicks", "clicked", "delivered", null),
  rate("unsubscribe_rate", "unsubscribe rate", "unsubscribes", "unsubscribed", "delivered", null),
  rate("complaint_rate", "complaint rate", "complaints", "complained", "delivered", null),
  rate("bounce_rate", "bounce rate", "bounces", "bounced", "sent", null),
  rate("machine_open_rate", "share of machine opens", "machine opens", "machine_opened", "delivered", null),
  rate("change_rate", "share who changed cluster", "changes", "changed", "there", null),
];

function rate(
  name: string,
  words: string,
  events: string,
  numerator: string,
  denominator: string,
  machine: string | null,
): Metric {
  return { name, words, events, numerator, denominator, machine, suspected: null };
}

/** The metric of that name, or null. */
export function metricNamed(name: string): Metric | null {
  return METRICS.find((metric) => metric.name === name) ?? null;
}
