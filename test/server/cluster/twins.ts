import fc from "fast-check";

/** Points by rows, for a kernel and its plain twin to be given alike. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly points: Float64Array;
}

/** Half of them have few different values: many ties, many duplicates. */
export function matrix(mostColumns: number, mostRows: number): fc.Arbitrary<Matrix> {
  return fc
    .record({
      columns: fc.integer({ min: 1, max: mostColumns }),
      rows: fc.integer({ min: 1, max: mostRows }),
      ties: fc.boolean(),
    })
    .chain(({ columns, rows, ties }) => {
      const value = ties ? fc.integer({ min: 0, max: 3 }) : fc.double({ min: -100, max: 100, noNaN: true });
      const length = rows * columns;
      return fc
        .array(value, { minLength: length, maxLength: length })
        .map((values) => ({ columns, rows, points: Float64Array.from(values) }));
    });
}

/** What a computation is watched with that is called off once it has told more than this share; and what it told. */
export function calledOffAfter(most: number) {
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = (share: number) => {
    told.push(share);
    if (share > most) stop.abort(new Error("not wanted any more"));
  };
  return { told, watch: { signal: stop.signal, onProgress } };
}
