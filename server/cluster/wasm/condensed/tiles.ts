// AssemblyScript: distances of all slots lie in tiles of 4 × 4, those on and below the diagonal: along a row or down a column,
// four distances are then two neighbouring lines of memory, where a triangle's columns would be a page apart each.
import { double, zeros } from "../memory/numbers";
import { quads, slots } from "./slots";

/** Bytes of a tile, of one of its rows, and of a double. */
export const TILE: usize = 128;
export const ROW: usize = 32;
export const DOUBLE: usize = 8;

let tiles: usize = 0;
/** Room for two slots' distances to all slots. */
export let one: usize = 0;
export let two: usize = 0;
/** Distances that have been looked at. */
export let looked: i64 = 0;

/** Comes last of all that lays out memory; false where there is not enough. */
export function layTiles(): bool {
  const bytes = (<usize>quads) << 5;
  one = zeros(bytes);
  two = zeros(bytes);
  // Larger than what the heap gives out at once, and nothing is asked of it any more: all that is behind it.
  tiles = (<usize>memory.size()) << 16;
  const pages = <i32>((tileRow(quads) - tiles + 0xffff) >> 16);
  return memory.grow(pages) >= 0;
}

/** Counts so many more. */
export function look(distances: i64): void {
  looked += distances;
}
/** Counts from 0. */
export function lookAnew(): void {
  looked = 0;
}

/** Where the tiles of a four of slots begin: those with the fours before it, then its own. */
export function tileRow(index: i32): usize {
  return tiles + ((<usize>index * <usize>(index + 1)) >> 1) * TILE;
}

/** Where the distance of two slots lies. */
export function place(a: i32, b: i32): usize {
  const low = min(a, b);
  const high = max(a, b);
  return tileRow(high >> 2) + <usize>(low >> 2) * TILE + <usize>(high & 3) * ROW + <usize>(low & 3) * DOUBLE;
}

/** Where it lies a second time, for two slots of one tile on the diagonal; `a` is not below `b`. */
export function mirrored(a: i32, b: i32): usize {
  return tileRow(a >> 2) + <usize>(a >> 2) * TILE + <usize>(b & 3) * ROW + <usize>(a & 3) * DOUBLE;
}

/** Copies a slot's distances to all slots into a row. */
export function gather(slot: i32, row: usize): void {
  let to = gatherBefore(slot, row);
  const count = quads;
  const own = slot >> 2;
  let at = tileRow(own + 1) + <usize>own * TILE + <usize>(slot & 3) * DOUBLE;
  for (let i = own + 1; i < count; i++, to += ROW) {
    store<f64>(to, load<f64>(at));
    store<f64>(to, load<f64>(at, 32), 8);
    store<f64>(to, load<f64>(at, 64), 16);
    store<f64>(to, load<f64>(at, 96), 24);
    at += <usize>(i + 1) * TILE;
  }
  looked += slots;
}

/** Copies those to the slots before it, and to the rest of its own four; gives where they end. */
export function gatherBefore(slot: i32, row: usize): usize {
  const own = slot >> 2;
  const end = row + <usize>(own + 1) * ROW;
  let to = row;
  for (let at = tileRow(own) + <usize>(slot & 3) * ROW; to < end; at += TILE, to += ROW) {
    v128.store(to, v128.load(at));
    v128.store(to, v128.load(at, 16), 16);
  }
  return to;
}

/** Copies a row into a slot's distances to all slots. */
export function scatter(slot: i32, row: usize): void {
  const own = slot >> 2;
  const r = <usize>(slot & 3);
  let from = row;
  let at = tileRow(own) + r * ROW;
  for (let j = 0; j < own; j++, at += TILE, from += ROW) {
    v128.store(at, v128.load(from));
    v128.store(at, v128.load(from, 16), 16);
  }
  for (let other = own << 2; other < (own << 2) + 4; other++) {
    store<f64>(tileRow(own) + <usize>own * TILE + r * ROW + <usize>(other & 3) * DOUBLE, double(row, other));
    store<f64>(tileRow(own) + <usize>own * TILE + <usize>(other & 3) * ROW + r * DOUBLE, double(row, other));
  }
  from += ROW;
  at = tileRow(own + 1) + <usize>own * TILE + r * DOUBLE;
  for (let i = own + 1; i < quads; i++, from += ROW) {
    store<f64>(at, load<f64>(from));
    store<f64>(at, load<f64>(from, 8), 32);
    store<f64>(at, load<f64>(from, 16), 64);
    store<f64>(at, load<f64>(from, 24), 96);
    at += <usize>(i + 1) * TILE;
  }
  looked += slots;
}
