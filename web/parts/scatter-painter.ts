import { glyphPath } from "../../server/figures/glyphs.ts";
import { radiusFor, type ScatterFrame, type ScatterPoint, xOf, yOf } from "../../server/figures/scatter-drawing.ts";

export interface ScatterPicture {
  readonly points: readonly ScatterPoint[];
  readonly frame: ScatterFrame;
  /** A group's colour. */
  readonly colour: (group: number) => string;
  /** Around each shape, so that neighbours stay apart. */
  readonly edge: string;
}

/** In one turn: about 10 ms, so that nothing that is done on the page waits for it. */
const AT_ONCE = 5_000;
/** Room around a shape for its edge. */
const ROOM = 2;

/** Paints points on a canvas: each group's shape once, then copies of it, some thousands a frame of the page. */
export class ScatterPainter {
  #next = 0;

  /** Begins anew; what was still to be painted of an earlier picture is not. */
  paint(canvas: HTMLCanvasElement, picture: ScatterPicture): void {
    this.stop();
    const { points, frame } = picture;
    const ratio = devicePixelRatio;
    canvas.width = Math.round(frame.width * ratio);
    canvas.height = Math.round(frame.height * ratio);
    const context = canvas.getContext("2d");
    if (context === null) return;
    const stamps = new Map<number, HTMLCanvasElement>();
    const radius = radiusFor(points.length);
    const half = radius * 1.3 + ROOM;
    const turn = (from: number) => {
      const to = Math.min(points.length, from + AT_ONCE);
      for (let at = from; at < to; at += 1) {
        const point = points[at];
        if (point === undefined) continue;
        const stamp = stamps.get(point.group) ?? stampOf(point.group, picture, { radius, half, ratio });
        stamps.set(point.group, stamp);
        const [x, y] = [xOf(point.x, frame) - half, yOf(point.y, frame) - half];
        // On whole pixels, where copies are sharp.
        context.drawImage(stamp, Math.round(x * ratio), Math.round(y * ratio));
      }
      this.#next = to < points.length ? requestAnimationFrame(() => turn(to)) : 0;
    };
    turn(0);
  }

  stop(): void {
    cancelAnimationFrame(this.#next);
  }
}

function stampOf(
  group: number,
  { colour, edge }: ScatterPicture,
  { radius, half, ratio }: { radius: number; half: number; ratio: number },
): HTMLCanvasElement {
  const stamp = document.createElement("canvas");
  stamp.width = Math.ceil(2 * half * ratio);
  stamp.height = stamp.width;
  const context = stamp.getContext("2d");
  if (context === null) return stamp;
  context.scale(ratio, ratio);
  const shape = new Path2D(glyphPath(group, half, half, radius));
  context.fillStyle = colour(group);
  context.fill(shape);
  context.lineWidth = 0.5;
  context.strokeStyle = edge;
  context.stroke(shape);
  return stamp;
}
