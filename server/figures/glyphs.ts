/** Shapes that tell groups apart where colours don't, each about as large as the others. Pure. */

type Draw = (x: number, y: number, r: number) => string;

const at = (value: number) => value.toFixed(1);

const circle: Draw = (x, y, r) =>
  `M${at(x - r)} ${at(y)}a${at(r)} ${at(r)} 0 1 0 ${at(2 * r)} 0a${at(r)} ${at(r)} 0 1 0 ${at(-2 * r)} 0z`;
const square: Draw = (x, y, r) => {
  const half = r * 0.88;
  return `M${at(x - half)} ${at(y - half)}h${at(2 * half)}v${at(2 * half)}h${at(-2 * half)}z`;
};
const triangle: Draw = (x, y, r) => `M${at(x)} ${at(y - r * 1.25)}l${at(r * 1.15)} ${at(r * 2.05)}h${at(-2.3 * r)}z`;
const diamond: Draw = (x, y, r) => {
  const half = r * 1.3;
  return `M${at(x)} ${at(y - half)}l${at(half)} ${at(half)}l${at(-half)} ${at(half)}l${at(-half)} ${at(-half)}z`;
};
const upsideDown: Draw = (x, y, r) => `M${at(x)} ${at(y + r * 1.25)}l${at(r * 1.15)} ${at(-2.05 * r)}h${at(-2.3 * r)}z`;
const plus: Draw = (x, y, r) => {
  const [arm, thick] = [r * 1.25, r * 0.45];
  return `M${at(x - thick)} ${at(y - arm)}h${at(2 * thick)}v${at(arm - thick)}h${at(arm - thick)}v${at(2 * thick)}h${at(thick - arm)}v${at(arm - thick)}h${at(-2 * thick)}v${at(thick - arm)}h${at(thick - arm)}v${at(-2 * thick)}h${at(arm - thick)}z`;
};
const bar: Draw = (x, y, r) => `M${at(x - r * 1.3)} ${at(y - r * 0.5)}h${at(2.6 * r)}v${at(r)}h${at(-2.6 * r)}z`;

const GLYPHS: readonly Draw[] = [circle, square, triangle, diamond, upsideDown, plus, bar];

/** The outline of a group's shape; groups are numbered from 1, and shapes come round again after seven. */
export function glyphPath(group: number, x: number, y: number, radius: number): string {
  const draw = GLYPHS[(((group - 1) % GLYPHS.length) + GLYPHS.length) % GLYPHS.length] ?? circle;
  return draw(x, y, radius);
}

const DASHES = ["", "7 3", "2 3", "10 3 2 3", "5 2", "1 2", "12 4"];

/** How a group's line is dashed; the first is solid. */
export function groupDash(group: number): string {
  return DASHES[(((group - 1) % DASHES.length) + DASHES.length) % DASHES.length] ?? "";
}
