/** How much work a comparison may still take, in pairs that are looked at: a notebook of megabytes must not hold up whoever asks. */
export class Effort {
  constructor(private left: number) {}

  /** Whether so much work may be done; it is taken then. */
  allows(pairs: number): boolean {
    if (pairs > this.left) return false;
    this.left -= pairs;
    return true;
  }
}

/** Enough for every notebook that people write, and less than a second of work. */
export const MOST_PAIRS = 20_000_000;
