// AssemblyScript: the kernel of average and complete linkage, the twin of `server/cluster/condensed.ts`.
// Distances lie in tiles of 4 × 4 clusters, those on and below the diagonal: along a row or down a column, four
// distances are then two neighbouring lines of memory, where a triangle's columns would be a page apart each.
// A cluster lives in the slot of its smallest point; slots close up, in order, when many of them are dead.
// Every cluster's nearest one is remembered. For these linkages joining two others brings nothing nearer than what was
// there (but for rounding, which is looked at), so it stays the nearest unless it was joined itself.

/** Bytes of a tile, of one of its rows, and of a double. */
const TILE: usize = 128;
const ROW: usize = 32;
const DOUBLE: usize = 8;
/** Bytes of what two slots have met. */
const PAIR: usize = 48;
/** Slots close up when this share of them is left. */
const WORN: f64 = 0.75;

let complete: bool = false;
let columns: i32 = 0;
/** Clusters that are left, slots that they are spread over, and these in fours. */
let live: i32 = 0;
let slots: i32 = 0;
let quads: i32 = 0;
let measured: i32 = 0;
let total: i32 = 0;
let done: i32 = 0;
let work: i64 = 0;

/** By point: where it is, and its share of its cluster. By cluster: its first point, and what the shares come to. */
let coordinates: usize = 0;
let share: usize = 0;
let first: usize = 0;
let whole: usize = 0;
/** By point: the sum of its distances to a cluster's points, or the largest. */
let sums: usize = 0;
let tiles: usize = 0;
/**
 * By slot: size; least distance, below which are none; bound of all distances but that; nearest slot (−1: not known); id;
 * smallest point; Infinity where it is dead, else 0.
 */
let size: usize = 0;
let least: usize = 0;
let others: usize = 0;
let nearest: usize = 0;
let idOf: usize = 0;
let pointOf: usize = 0;
let dead: usize = 0;
/** By id: its slot, −1 once it is joined. */
let slotOf: usize = 0;
/** What slots have met while distances are computed: all, by twos; and each of the newest four, by its four lanes. */
let pairs: usize = 0;
let mine: usize = 0;
/** Two rows of distances. */
let one: usize = 0;
let two: usize = 0;
let chain: usize = 0;
let chained: i32 = 0;
let start: i32 = 0;
let joinA: usize = 0;
let joinB: usize = 0;
let height: usize = 0;

/**
 * Makes room for points × columns in clusters; false where there is not enough memory. Coordinates are to be put where
 * `places` says, one cluster's points after the other's, in fours of points: four of the first column, four of the second and
 * so on; where each cluster starts and the last ends at `starts`; a point's weight in its cluster, and what these come to, at
 * `shares` and `wholes`; clusters' weights at `weights`.
 */
export function reserve(points: i32, clusters: i32, width: i32, byLargest: bool): bool {
  complete = byLargest;
  columns = width;
  live = clusters;
  slots = clusters;
  quads = (clusters + 3) >> 2;
  total = clusters - 1;
  const fours = <usize>(points + 3) >> 2;
  coordinates = zeros((fours * <usize>width) << 5);
  sums = zeros(fours << 5);
  share = zeros((<usize>points) << 3);
  whole = zeros((<usize>clusters) << 3);
  first = zeros((<usize>(clusters + 1)) << 2);
  const padded = (<usize>quads) << 2;
  size = zeros(padded << 3);
  least = zeros(padded << 3);
  others = zeros(padded << 3);
  dead = zeros(padded << 3);
  pairs = zeros((padded >> 1) * PAIR);
  mine = zeros(8 * PAIR);
  one = zeros(padded << 3);
  two = zeros(padded << 3);
  nearest = zeros(padded << 3);
  idOf = zeros(padded << 2);
  pointOf = zeros(padded << 2);
  slotOf = zeros((<usize>(2 * clusters)) << 2);
  chain = zeros((<usize>(clusters + 1)) << 2);
  joinA = zeros((<usize>total) << 2);
  joinB = zeros((<usize>total) << 2);
  height = zeros((<usize>total) << 3);
  for (let slot = 0; slot < <i32>padded; slot++) {
    forget(slot);
    setInt(idOf, slot, slot);
    setInt(pointOf, slot, slot);
    if (slot >= clusters) set(dead, slot, Infinity);
  }
  for (let id = 0; id < 2 * clusters; id++) setInt(slotOf, id, id < clusters ? id : -1);
  // Larger than what the heap gives out at once, and nothing is asked of it any more: all that is behind it.
  tiles = (<usize>memory.size()) << 16;
  const pages = <i32>((tileRow(quads) - tiles + 0xffff) >> 16);
  return memory.grow(pages) >= 0;
}

export function places(): usize {
  return coordinates;
}
export function starts(): usize {
  return first;
}
export function shares(): usize {
  return share;
}
export function wholes(): usize {
  return whole;
}
export function weights(): usize {
  return size;
}
export function joinsA(): usize {
  return joinA;
}
export function joinsB(): usize {
  return joinB;
}
export function heights(): usize {
  return height;
}

/** Computes the distances of more clusters to all before them, from about `pairs` of points; gives how many fours of clusters are done. */
export function measure(pairs: i32): i32 {
  for (work = 0; measured < quads && work < pairs; measured++) {
    const end = min((measured + 1) << 2, slots);
    for (let cluster = measured << 2; cluster < (measured + 1) << 2; cluster++) {
      if (cluster < slots) measureCluster(cluster);
      else leaveOut(cluster);
    }
    // On the diagonal, what is above it is what is below.
    for (let a = measured << 2; a < end; a++) {
      for (let b = measured << 2; b < a; b++) store<f64>(mirrored(a, b), load<f64>(place(a, b)));
    }
    for (let at: usize = 0; at < 8 * PAIR; at += PAIR) meetNone(mine + at);
    let tile = tileRow(measured);
    for (let j = 0; j < measured; j++, tile += TILE) meetTile(tile, measured, j);
    for (let r = 0; r < 4; r++) {
      keepMine(r);
      keepOwn(tile, r);
    }
  }
  if (measured === quads) {
    for (let slot = 0; slot < slots; slot++) {
      const pair = pairOf(slot);
      know(slot, <i32>load<f64>(pair, 32), load<f64>(pair), load<f64>(pair, 16));
    }
  }
  return measured;
}

/** Computes a cluster's distances to all before it: each point's share in them, then what belongs to one cluster. */
function measureCluster(cluster: i32): void {
  const end = int(first, cluster);
  sumDistances(cluster, end);
  const own = get(whole, cluster);
  let to = tileRow(measured) + <usize>(cluster & 3) * ROW;
  let from = sums;
  let part = share;
  for (let other = 0; other < cluster; other++) {
    const until = sums + ((<usize>int(first, other + 1)) << 3);
    let sum: f64 = 0;
    if (complete) for (; from < until; from += DOUBLE) sum = max(sum, load<f64>(from));
    else for (; from < until; from += DOUBLE, part += DOUBLE) sum += load<f64>(part) * load<f64>(from);
    store<f64>(to, complete ? sum : sum / (own * get(whole, other)));
    to += (other & 3) === 3 ? TILE - 3 * DOUBLE : DOUBLE;
  }
  work += <i64>end * (int(first, cluster + 1) - end);
}

/** Of each point before `end`, sums the distances to a cluster's points, each by its share, or finds the largest. */
function sumDistances(cluster: i32, end: i32): void {
  const from = int(first, cluster);
  const until = int(first, cluster + 1);
  const bytes = (<usize>columns) << 5;
  const blocks = (end + 3) >> 2;
  let to = sums;
  let theirs = coordinates;
  for (let block = 0; block < blocks; block++, to += ROW, theirs += bytes) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let point = from; point < until; point++) {
      let evenLow = f64x2.splat(0);
      let evenHigh = evenLow;
      let oddLow = evenLow;
      let oddHigh = evenLow;
      let other = theirs;
      let at = coordinates + <usize>(point >> 2) * bytes + ((<usize>(point & 3)) << 3);
      for (const last = theirs + (bytes & ~63); other < last; other += 2 * ROW, at += 2 * ROW) {
        const value = v128.load_splat<f64>(at);
        const next = v128.load_splat<f64>(at, 32);
        const a = f64x2.sub(value, v128.load(other));
        const b = f64x2.sub(value, v128.load(other, 16));
        const c = f64x2.sub(next, v128.load(other, 32));
        const d = f64x2.sub(next, v128.load(other, 48));
        evenLow = f64x2.add(evenLow, f64x2.mul(a, a));
        evenHigh = f64x2.add(evenHigh, f64x2.mul(b, b));
        oddLow = f64x2.add(oddLow, f64x2.mul(c, c));
        oddHigh = f64x2.add(oddHigh, f64x2.mul(d, d));
      }
      if ((columns & 1) !== 0) {
        const value = v128.load_splat<f64>(at);
        const a = f64x2.sub(value, v128.load(other));
        const b = f64x2.sub(value, v128.load(other, 16));
        evenLow = f64x2.add(evenLow, f64x2.mul(a, a));
        evenHigh = f64x2.add(evenHigh, f64x2.mul(b, b));
      }
      const lowest = f64x2.sqrt(f64x2.add(evenLow, oddLow));
      const highest = f64x2.sqrt(f64x2.add(evenHigh, oddHigh));
      if (complete) {
        low = f64x2.max(low, lowest);
        high = f64x2.max(high, highest);
      } else {
        const part = v128.load_splat<f64>(share + ((<usize>point) << 3));
        low = f64x2.add(low, f64x2.mul(part, lowest));
        high = f64x2.add(high, f64x2.mul(part, highest));
      }
    }
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}

/** Makes a slot behind the last cluster infinitely far from all. */
function leaveOut(slot: i32): void {
  for (let other = 0; other < measured << 2; other++) store<f64>(place(slot, other), Infinity);
  for (let other = measured << 2; other < (measured + 1) << 2; other++) {
    if (other <= slot) store<f64>(place(slot, other), Infinity);
    store<f64>(mirrored(max(slot, other), min(slot, other)), Infinity);
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

function meetNone(pair: usize): void {
  v128.store(pair, f64x2.splat(Infinity));
  v128.store(pair, f64x2.splat(Infinity), 16);
  v128.store(pair, f64x2.splat(-1), 32);
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

/** Brings together what a point of the newest four has met, which was kept apart by where it stands in its four. */
function keepMine(r: i32): void {
  const pair = pairOf((measured << 2) + r);
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
function keepOwn(tile: usize, r: i32): void {
  for (let other = 0; other < 4; other++) {
    if (other === r) continue;
    const here = load<f64>(tile + <usize>r * ROW + <usize>other * DOUBLE);
    meetOne(pairOf((measured << 2) + r), here, (measured << 2) + other);
  }
}

/** Where it is kept what a slot has met: least distance, 16 bytes on the second least, another 16 on whose the least is. */
function pairOf(slot: i32): usize {
  return pairs + (<usize>slot >> 1) * PAIR + <usize>(slot & 1) * DOUBLE;
}

/** Joins clusters until about `distances` distances have been looked at; gives how many joins are made by now. */
export function advance(distances: i32): i32 {
  work = 0;
  while (done < total && work < distances) step();
  return done;
}

/** One link of the chain (see `server/cluster/chain.ts`, whose decisions these are): goes on, or joins its end. */
function step(): void {
  if (chained === 0) {
    while (get(dead, start) !== 0) start++;
    push(int(idOf, start));
  }
  const top = int(chain, chained - 1);
  let before = chained > 1 ? int(chain, chained - 2) : -1;
  if (before >= 0 && int(slotOf, before) < 0) {
    setInt(chain, 0, top);
    chained = 1;
    before = -1;
  }
  const slot = int(slotOf, top);
  if (get(nearest, slot) < 0) search(slot);
  const distance = get(least, slot);
  const other = before < 0 ? -1 : int(slotOf, before);
  if (other < 0 || load<f64>(place(slot, other)) !== distance) {
    push(int(idOf, <i32>get(nearest, slot)));
    return;
  }
  setInt(joinA, done, int(pointOf, slot));
  setInt(joinB, done, int(pointOf, other));
  set(height, done, distance);
  join(min(slot, other), max(slot, other));
  chained -= 2;
  if (chained > 0 && int(slotOf, int(chain, chained - 1)) < 0) chained = 0;
  done++;
  if (slots > 16 && <f64>live < <f64>slots * WORN) closeUp();
}

function push(id: i32): void {
  setInt(chain, chained++, id);
}

function search(slot: i32): void {
  gather(slot, one);
  findLeast(slot, one);
}

/** Remembers the nearest of a cluster whose distances are in `row`: of equally near ones, that in the first slot. */
function findLeast(slot: i32, row: usize): void {
  set(row, slot, Infinity);
  const bytes = (<usize>quads) << 5;
  let first = f64x2.splat(Infinity);
  let second = first;
  for (let at: usize = 0; at < bytes; at += 16) {
    const here = f64x2.add(v128.load(row + at), v128.load(dead + at));
    second = f64x2.pmin(second, f64x2.pmax(here, first));
    first = f64x2.pmin(first, here);
  }
  const even = f64x2.extract_lane(first, 0);
  const odd = f64x2.extract_lane(first, 1);
  const distance = min(even, odd);
  const next = min(f64x2.extract_lane(second, 0), f64x2.extract_lane(second, 1));
  let found = 0;
  while (get(row, found) !== distance || get(dead, found) !== 0) found++;
  know(slot, found, distance, min(next, max(even, odd)));
}

/** Joins the cluster in slot `goes` to that in slot `stays`, which is the smaller. */
function join(stays: i32, goes: i32): void {
  gather(stays, one);
  gather(goes, two);
  const sizeStays = get(size, stays);
  const sizeGoes = get(size, goes);
  if (complete) updateComplete();
  else updateAverage(sizeStays, sizeGoes);
  scatter(stays, one);

  const id = total + 1 + done;
  setInt(slotOf, int(idOf, stays), -1);
  setInt(slotOf, int(idOf, goes), -1);
  setInt(slotOf, id, stays);
  setInt(idOf, stays, id);
  set(size, stays, sizeStays + sizeGoes);
  set(dead, goes, Infinity);
  forget(goes);
  forget(stays);
  live--;
  adaptAll(stays, goes);
  if (live > 1) findLeast(stays, one);
}

function updateAverage(sizeOne: f64, sizeTwo: f64): void {
  const a = f64x2.splat(sizeOne);
  const b = f64x2.splat(sizeTwo);
  const both = f64x2.splat(sizeOne + sizeTwo);
  const bytes = (<usize>quads) << 5;
  for (let at: usize = 0; at < bytes; at += 16) {
    const sum = f64x2.add(f64x2.mul(v128.load(one + at), a), f64x2.mul(v128.load(two + at), b));
    v128.store(one + at, f64x2.div(sum, both));
  }
}

function updateComplete(): void {
  const bytes = (<usize>quads) << 5;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(one + at, f64x2.max(v128.load(one + at), v128.load(two + at)));
  }
}

/** Lets those know of a join that it may concern, by twos: seldom any. */
function adaptAll(stays: i32, goes: i32): void {
  const first = f64x2.splat(stays);
  const second = f64x2.splat(goes);
  for (let slot = 0; slot < slots; slot += 2) {
    const at = (<usize>slot) << 3;
    const known = v128.load(nearest + at);
    const nearer = f64x2.le(v128.load(one + at), v128.load(others + at));
    const joined = v128.or(f64x2.eq(known, first), f64x2.eq(known, second));
    if (!v128.any_true(v128.or(nearer, joined))) continue;
    adapt(slot, stays, goes);
    adapt(slot + 1, stays, goes);
  }
}

/** What a cluster knows of its nearest one after two others were joined: dead ones and those that know nothing stay so. */
function adapt(slot: i32, stays: i32, goes: i32): void {
  const known = <i32>get(nearest, slot);
  const here = get(one, slot);
  const bound = get(others, slot);
  if (known === stays || known === goes) {
    // Of two that are equally near, it is not known which comes first.
    if (here < bound) know(slot, stays, here, bound);
    else forget(slot);
  } else if (here <= bound) {
    const distance = get(least, slot);
    if (here < distance || (here === distance && stays < known)) know(slot, stays, here, distance);
    else set(others, slot, here);
  }
}

function know(slot: i32, other: i32, distance: f64, bound: f64): void {
  set(least, slot, distance);
  set(others, slot, bound);
  set(nearest, slot, other);
}

function forget(slot: i32): void {
  know(slot, -1, -Infinity, -Infinity);
}

/** Copies a slot's distances to all slots into a row. */
function gather(slot: i32, row: usize): void {
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
  work += slots;
}

/** Copies those to the slots before it, and to the rest of its own four; gives where they end. */
function gatherBefore(slot: i32, row: usize): usize {
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
function scatter(slot: i32, row: usize): void {
  const own = slot >> 2;
  const r = <usize>(slot & 3);
  let from = row;
  let at = tileRow(own) + r * ROW;
  for (let j = 0; j < own; j++, at += TILE, from += ROW) {
    v128.store(at, v128.load(from));
    v128.store(at, v128.load(from, 16), 16);
  }
  for (let other = own << 2; other < (own << 2) + 4; other++) {
    store<f64>(tileRow(own) + <usize>own * TILE + r * ROW + <usize>(other & 3) * DOUBLE, get(row, other));
    store<f64>(tileRow(own) + <usize>own * TILE + <usize>(other & 3) * ROW + r * DOUBLE, get(row, other));
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
  work += slots;
}

/** Moves the living to the first slots. No row is written before it and all before it have been read. */
function closeUp(): void {
  let to = 0;
  for (let from = 0; from < slots; from++) {
    if (get(dead, from) !== 0) continue;
    // `two` is free for the old slots of the living.
    setInt(two, to, from);
    gatherBefore(from, one);
    let at = tileRow(to >> 2) + <usize>(to & 3) * ROW;
    for (let other = 0; other <= to; other++) {
      store<f64>(at, get(one, int(two, other)));
      at += (other & 3) === 3 ? TILE - 3 * DOUBLE : DOUBLE;
    }
    for (let other = to & ~3; other < to; other++) store<f64>(mirrored(to, other), get(one, int(two, other)));
    to++;
  }
  for (let slot = 0; slot < to; slot++) {
    const from = int(two, slot);
    set(size, slot, get(size, from));
    setInt(idOf, slot, int(idOf, from));
    setInt(pointOf, slot, int(pointOf, from));
    setInt(slotOf, int(idOf, slot), slot);
    know(slot, <i32>get(nearest, from), get(least, from), get(others, from));
    // From here on `one` says where each old slot went.
    setInt(one, from, slot);
  }
  for (let slot = 0; slot < to; slot++) {
    const other = <i32>get(nearest, slot);
    if (other >= 0) set(nearest, slot, int(one, other));
  }
  slots = to;
  quads = (to + 3) >> 2;
  for (let slot = 0; slot < quads << 2; slot++) {
    set(dead, slot, slot < to ? 0 : Infinity);
    if (slot >= to) forget(slot);
  }
  start = 0;
  work += <i64>to * to;
}

function tileRow(index: i32): usize {
  return tiles + ((<usize>index * <usize>(index + 1)) >> 1) * TILE;
}

/** Where the distance of two slots lies. */
function place(a: i32, b: i32): usize {
  const low = min(a, b);
  const high = max(a, b);
  return tileRow(high >> 2) + <usize>(low >> 2) * TILE + <usize>(high & 3) * ROW + <usize>(low & 3) * DOUBLE;
}

/** Where it lies a second time, for two slots of one tile on the diagonal; `a` is not below `b`. */
function mirrored(a: i32, b: i32): usize {
  return tileRow(a >> 2) + <usize>(a >> 2) * TILE + <usize>(b & 3) * ROW + <usize>(a & 3) * DOUBLE;
}

function zeros(bytes: usize): usize {
  const at = heap.alloc(bytes);
  memory.fill(at, 0, bytes);
  return at;
}

function get(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

function set(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}

function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

function setInt(base: usize, index: i32, value: i32): void {
  store<i32>(base + ((<usize>index) << 2), value);
}
