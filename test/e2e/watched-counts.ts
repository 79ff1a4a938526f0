interface Wanted {
  readonly segments: number;
  readonly days: number;
  /** The segment whose click rate falls by three tenths after two thirds of the days. */
  readonly falls: string;
}

const DAY = 86_400_000;
const WEEKDAYS = [0, 0.04, 0.06, 0.03, -0.02, -0.08, -0.05];

/** Counts by segment and day as CSV, up to 30 October 2026, by a generator of its own (Park and Miller's). */
export function watchedCounts({ segments, days, falls }: Wanted): string {
  let state = 7;
  const random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const noise = () => random() + random() + random() + random() - 2;
  const lines = ["segment,period,delivered,opened,clicked,unsubscribed"];
  for (let place = 1; place <= segments; place++) {
    const name = `Segment ${String(place).padStart(3, "0")}`;
    const [open, click] = [0.2 + random() * 0.25, 0.03 + random() * 0.08];
    const size = 600 + random() * 3000;
    for (let day = 0; day < days; day++) {
      const sent = Math.round(size * (1 + 0.06 * noise()));
      const count = (rate: number) => {
        const expected = sent * rate * (1 + (WEEKDAYS[day % 7] ?? 0));
        return Math.max(0, Math.round(expected + 1.7 * noise() * Math.sqrt(expected)));
      };
      const fall = name === falls && day > (days * 2) / 3 ? 0.7 : 1;
      const period = new Date(Date.UTC(2026, 9, 31) - (days - day) * DAY).toISOString().slice(0, 10);
      lines.push([name, period, sent, count(open), count(click * fall), count(0.002)].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}
