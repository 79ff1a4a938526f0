/** Work of the kinds that a thread must bear. */
export function sum({ values }: { values: Float64Array }, tell: (share: number) => void) {
  tell(0.5);
  return { total: values.reduce((a, b) => a + b, 0), values };
}

export function endless(_: null): number {
  for (let i = 0; ; i = (i + 1) % 7) if (i > 7) return i;
}

export function hungry(_: null): number {
  const all: string[][] = [];
  for (;;) all.push(Array.from({ length: 100_000 }, (_, i) => `text ${i} ${all.length}`));
}

export function faulty({ text }: { text: string }): never {
  throw new RangeError(text);
}

export function environment(_: null): string[] {
  return Object.keys(process.env);
}
