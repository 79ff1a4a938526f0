import { Graph, layout } from "@dagrejs/dagre";
import { homeOf, type Reader } from "../state/graph.ts";

export const NODE_WIDTH = 148;
export const NODE_HEIGHT = 40;

/** A cell's place in the drawing, in pixels: the middle of its box. */
export interface PlacedCell {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** An arrow from what is read to its reader, through points in pixels. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly PlacedCell[];
  readonly arrows: readonly Arrow[];
}

/** Where each cell is drawn: what is read stands left of its readers. Reads of names that no cell yields are left out. */
export function graphLayout(cells: readonly Reader[]): GraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 44, edgesep: 10, marginx: 8, marginy: 8 });
  for (const cell of cells) graph.setNode(cell.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of arrowsOf(cells)) graph.setEdge(from, to, {});
  if (cells.length > 0) layout(graph);
  const { width = 0, height = 0 } = cells.length === 0 ? {} : graph.graph();
  const placed = cells.map(({ id }): PlacedCell => {
    const { x = 0, y = 0 } = graph.node(id);
    return { id, x, y };
  });
  const at = new Map(placed.map((cell) => [cell.id, cell]));
  const arrows = graph.edges().map(({ v: from, w: to }): Arrow => {
    // The layout ends an arrow where it meets the box; all at one place of the side are easier to follow.
    const between = (graph.edge(from, to).points ?? []).slice(1, -1);
    return { from, to, points: [...side(at.get(from), 1), ...between, ...side(at.get(to), -1)] };
  });
  return { width, height, cells: placed, arrows };
}

function side(cell: PlacedCell | undefined, direction: 1 | -1) {
  return cell === undefined ? [] : [{ x: cell.x + (direction * NODE_WIDTH) / 2, y: cell.y }];
}

/** Who reads whom, each pair once. A cell in a round with itself is at fault and has no arrow of its own. */
export function arrowsOf(cells: readonly Reader[]): { from: string; to: string }[] {
  const ids = new Set(cells.map((cell) => cell.id));
  return cells.flatMap((cell) => {
    const homes = new Set(cell.reads.map((read) => homeOf(read, cells)));
    return [...homes].filter((from) => ids.has(from) && from !== cell.id).map((from) => ({ from, to: cell.id }));
  });
}

/** The cell that an arrow key leads to from one: along the arrows left and right, along the column up and down. */
export function neighbour(at: string, key: string, { cells, arrows }: GraphLayout): string | null {
  const here = cells.find((cell) => cell.id === at);
  if (here === undefined) return cells[0]?.id ?? null;
  const nearest = (ids: readonly string[]) => {
    const near = cells.filter((cell) => ids.includes(cell.id));
    return near.sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y))[0]?.id ?? null;
  };
  if (key === "ArrowRight") return nearest(arrows.filter(({ from }) => from === at).map(({ to }) => to));
  if (key === "ArrowLeft") return nearest(arrows.filter(({ to }) => to === at).map(({ from }) => from));
  const side = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  const column = cells.filter((cell) => Math.abs(cell.x - here.x) < NODE_WIDTH / 2 && (cell.y - here.y) * side > 0);
  return column.sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y))[0]?.id ?? null;
}

/** A smooth line through points, as the `d` of an SVG path. */
export function curve(points: Arrow["points"]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let before = first;
  const parts = rest.map((point) => {
    const middle = (before.x + point.x) / 2;
    const part = `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    before = point;
    return part;
  });
  return `M${first.x} ${first.y}${parts.join("")}`;
}
