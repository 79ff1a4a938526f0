import type { DuckDBDataChunk } from "@duckdb/node-api";
import { BIGINT, DOUBLE, INTEGER } from "./duckdb-package.ts";

/** What the package's vectors of numbers consist of, which its types alone keep private. */
interface NumberVector<T> {
  readonly items: T;
  /** Without data where no value is missing; else a bit a value, 1 where it is there, from the lowest of each 64. */
  readonly validity: { readonly data: BigUint64Array | null };
}

/** Values that lie in memory as a column of the engine's does. */
export type TypedColumn = Int32Array | Float64Array;

/** Copies a column of doubles to a place of an array, in one go; missing is NaN. False, and nothing is copied, where it is of another type. */
export function takeDoubles(chunk: DuckDBDataChunk, column: number, into: Float64Array, at: number): boolean {
  const vector = chunk.getColumnVector(column);
  if (vector.type !== DOUBLE) return false;
  const { items, validity } = vector as unknown as NumberVector<Float64Array>;
  into.set(items, at);
  if (validity.data === null) return true;
  const { buffer, byteOffset, length } = validity.data;
  const words = new Uint32Array(buffer, byteOffset, 2 * length);
  for (let word = 0, row = 0; row < items.length; word++, row += 32) {
    const there = wordAt(words, word);
    if (there === 0xffffffff) continue;
    const end = Math.min(32, items.length - row);
    for (let bit = 0; bit < end; bit++) if (((there >>> bit) & 1) === 0) into[at + row + bit] = Number.NaN;
  }
  return true;
}

/**
 * Fills a column of a chunk from a place of an array on, as many values as the chunk has rows: doubles from doubles, whole
 * numbers from whole numbers. False, and nothing is filled, where the types don't fit so.
 */
export function putTyped(chunk: DuckDBDataChunk, column: number, values: TypedColumn, from: number): boolean {
  const vector = chunk.getColumnVector(column);
  const given = values.subarray(from, from + vector.itemCount);
  if (vector.type === DOUBLE && given instanceof Float64Array) itemsOf<Float64Array>(vector).set(given);
  else if (vector.type === INTEGER && given instanceof Int32Array) itemsOf<Int32Array>(vector).set(given);
  else if (vector.type === BIGINT && given instanceof Int32Array) {
    const items = itemsOf<BigInt64Array>(vector);
    for (let row = 0; row < given.length; row++) items[row] = BigInt(given[row] as number);
  } else return false;
  vector.flush();
  return true;
}

function itemsOf<T>(vector: unknown): T {
  return (vector as NumberVector<T>).items;
}

const IS_BIG_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** The 32 bits of a place, the lowest halves of 64 first on every machine. */
function wordAt(words: Uint32Array, at: number): number {
  return words[IS_BIG_ENDIAN ? at ^ 1 : at] as number;
}
