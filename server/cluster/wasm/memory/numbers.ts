// AssemblyScript: rows of numbers in the memory, each number by its place in its row.

export function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}
export function setInt(base: usize, index: i32, value: i32): void {
  store<i32>(base + ((<usize>index) << 2), value);
}

/** Of four bytes. */
export function single(base: usize, index: i32): f32 {
  return load<f32>(base + ((<usize>index) << 2));
}
export function setSingle(base: usize, index: i32, value: f32): void {
  store<f32>(base + ((<usize>index) << 2), value);
}

/** Of eight. */
export function double(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}
export function setDouble(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}

/** Room for so many bytes, all zeros. */
export function zeros(bytes: usize): usize {
  const at = heap.alloc(bytes);
  memory.fill(at, 0, bytes);
  return at;
}
