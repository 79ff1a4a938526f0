// AssemblyScript: which cell the tree of splits has a row in.
import { setInt } from "../memory/numbers";
import { borderOf, cells, childAt, columnOf, labels, points, width } from "./cells";

/** Labels the first `rows` rows with the cell that the tree has them in; four at once, since each step waits for the one before. */
export function descend(rows: i32): void {
  if (cells === 1) {
    memory.fill(labels, 0, (<usize>rows) << 2);
    return;
  }
  const last = rows - 1;
  for (let row = 0; row < rows; row += 4) {
    const point = points + <usize>row * width;
    const second = points + <usize>min(row + 1, last) * width;
    const third = points + <usize>min(row + 2, last) * width;
    const fourth = points + <usize>min(row + 3, last) * width;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    while ((a & b & c & d) >= 0) {
      a = below(a, point);
      b = below(b, second);
      c = below(c, third);
      d = below(d, fourth);
    }
    setInt(labels, row, ~a);
    setInt(labels, min(row + 1, last), ~b);
    setInt(labels, min(row + 2, last), ~c);
    setInt(labels, min(row + 3, last), ~d);
  }
}

/** What is on a point's side of a split; a cell stays itself. */
function below(node: i32, point: usize): i32 {
  const split = max(node, 0);
  const above = load<f64>(point + columnOf(split)) > borderOf(split);
  return select(node, load<i32>(childAt(split, <i32>above)), node < 0);
}
