export function line(what: string, found: string, goal: string): void {
  process.stdout.write(`${what.padEnd(56)}${found.padStart(24)}${goal.padStart(14)}\n`);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
