/** What the detector was chosen and tuned by. */
export const TUNING = 100_001;

/** What the figures are measured on. Nothing was chosen by what these show; once something is, they are used up. */
export const EVALUATION = 9_300_001;

export function seedsFrom(first: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => first + i);
}

/** As they are named in what is printed. */
export function seedWords(first: number, runs: number): string {
  return `${first}–${first + runs - 1}`;
}
