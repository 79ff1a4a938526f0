// AssemblyScript: finds every slot's nearest while distances are computed, as the newest four slots meet all before them.
import { zeros } from "../memory/numbers";
import { know, quads, slots } from "./slots";
import { DOUBLE, ROW, TILE, tileRow } from "./tiles";

/** Bytes of what two slots have met. */
const PAIR: usize = 48;

/** What slots have met: all, by twos; and each of the newest four, by its four lanes. */
let pairs: usize = 0;
let mine: usize = 0;

export function layMeeting(): void {
  pairs = zeros(((<usize>quads) << 1) * PAIR);
  mine = zeros(8 * PAIR);
}

/** Lets four slots meet all before them, and each other. */
export function meetFour(quad: i32): void {
  for (let at: usize = 0; at < 8 * PAIR; at += PAIR) meetNone(mine + at);
  let tile = tileRow(quad);
  for (let j = 0; j < quad; j++, tile += TILE) meetTile(tile, quad, j);
  for (let r = 0; r < 4; r++) {
    keepMine(quad, r);
    keepOwn(tile, quad, r);
  }
}

/** When all have met, every slot knows its nearest. */
export function knowAll(): void {
  for (let slot = 0; slot < slots; slot++) {
    const pair = pairOf(slot);
    know(slot, <i32>load<f64>(pair, 32), load<f64>(pair), load<f64>(pair, 16));
  }
}

/** Lets the points of two fours, `i` the newest, meet each other. */
function meetTile(tile: usize, i: i32, j: i32): void {
  for (let half: usize = 0; half < 2; half++) {
    const pair = pairs + (((<usize>j) << 1) + half) * PAIR;
    let first = v128.load(pair);
    let second = v128.load(pair, 16);
    let nearest = v128.load(pair, 32);
    let me = f64x2.splat(i << 2);
    const them = f64x2.add(f64x2.splat((j << 2) + ((<i32>half) << 1)), f64x2(0, 1));
    for (let r: usize = 0; r < 4; r++) {
      const here = v128.load(tile + r * ROW + half * 16);
      meet(mine + (2 * r + half) * PAIR, here, them);
      nearest = v128.bitselect(me, nearest, f64x2.lt(here, first));
      second = f64x2.pmin(second, f64x2.pmax(here, first));
      first = f64x2.pmin(first, here);
      me = f64x2.add(me, f64x2.splat(1));
    }
    v128.store(pair, first);
    v128.store(pair, second, 16);
    v128.store(pair, nearest, 32);
  }
}

/** Keeps the two least of the distances that two slots have met, and whose the least is: the first of equal ones. */
function meet(pair: usize, here: v128, index: v128): void {
  const first = v128.load(pair);
  v128.store(pair, f64x2.pmin(first, here));
  v128.store(pair, f64x2.pmin(v128.load(pair, 16), f64x2.pmax(here, first)), 16);
  v128.store(pair, v128.bitselect(index, v128.load(pair, 32), f64x2.lt(here, first)), 32);
}

/** The same for one slot. */
function meetOne(pair: usize, here: f64, index: f64): void {
  const first = load<f64>(pair);
  if (here < first || (here === first && index < load<f64>(pair, 32))) {
    store<f64>(pair, here);
    store<f64>(pair, first, 16);
    store<f64>(pair, index, 32);
  } else if (here < load<f64>(pair, 16)) store<f64>(pair, here, 16);
}

function meetNone(pair: usize): void {
  v128.store(pair, f64x2.splat(Infinity));
  v128.store(pair, f64x2.splat(Infinity), 16);
  v128.store(pair, f64x2.splat(-1), 32);
}

/** Brings together what a point of the newest four has met, which was kept apart by where it stands in its four. */
function keepMine(quad: i32, r: i32): void {
  const pair = pairOf((quad << 2) + r);
  store<f64>(pair, Infinity);
  store<f64>(pair, Infinity, 16);
  store<f64>(pair, -1, 32);
  for (let lane: usize = 0; lane < 4; lane++) {
    const from = mine + (<usize>(r << 1) + (lane >> 1)) * PAIR + (lane & 1) * DOUBLE;
    meetOne(pair, load<f64>(from), load<f64>(from, 32));
    meetOne(pair, load<f64>(from, 16), Infinity);
  }
}

/** Lets it meet the others of its four. */
function keepOwn(tile: usize, quad: i32, r: i32): void {
  for (let other = 0; other < 4; other++) {
    if (other === r) continue;
    const here = load<f64>(tile + <usize>r * ROW + <usize>other * DOUBLE);
    meetOne(pairOf((quad << 2) + r), here, (quad << 2) + other);
  }
}

/** Where it is kept what a slot has met: least distance, 16 bytes on the second least, another 16 on whose the least is. */
function pairOf(slot: i32): usize {
  return pairs + (<usize>slot >> 1) * PAIR + <usize>(slot & 1) * DOUBLE;
}
