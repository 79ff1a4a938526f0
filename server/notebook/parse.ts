import { type FenceFault, readInfo } from "./fence.ts";
import { DEFAULT_HEAD, type HeadReading, readHead } from "./head.ts";
import { lineStarts, placeOf } from "./lines.ts";
import type { Block, Cell, Notebook, Problem } from "./model.ts";
import { type Fence, type InnerFence, splitFences } from "./split.ts";

/** Reads a notebook file. It never throws: what is wrong is told in `problems`, and what can be read is there. */
export function parseNotebook(text: string): Notebook {
  const starts = lineStarts(text);
  const bounds = headBounds(text);
  const { head, problems, readOnly } = headOf(text, bounds);
  const { fences, inner } = splitFences(text, bounds?.end ?? bom(text));
  const blocks: Block[] = [];
  const found: Problem[] = [...problems, ...inner.flatMap((fence) => innerProblem(fence, starts))];
  if (bounds)
    blocks.push({
      type: "head",
      text: text.slice(0, bounds.end),
      start: 0,
      end: bounds.end,
    });
  let end = bounds?.end ?? 0;
  for (const fence of fences) {
    if (fence.start > end)
      blocks.push({
        type: "prose",
        text: text.slice(end, fence.start),
        start: end,
        end: fence.start,
      });
    const { block, faults } = fenceBlock(text, fence);
    blocks.push(block);
    const cell = block.type === "cell" ? block.cell.id : null;
    found.push(
      ...faults.map(({ offset, ...fault }) => ({
        ...fault,
        cell,
        ...placeOf(starts, offset),
      })),
    );
    end = fence.end;
  }
  if (end < text.length)
    blocks.push({
      type: "prose",
      text: text.slice(end),
      start: end,
      end: text.length,
    });
  const cells = blocks.flatMap((block) => (block.type === "cell" ? [block.cell] : []));
  found.push(...duplicates(cells, text, starts));
  return { text, head, blocks, cells, problems: found.sort(byPlace), readOnly };
}

function fenceBlock(text: string, fence: Fence): { block: Block; faults: FenceFault[] } {
  const { start, end, bodyStart, bodyEnd, line } = fence;
  const reading = readInfo(fence.info);
  const faults: FenceFault[] = fence.closed ? [] : [unclosed(fence)];
  if (reading.fault)
    faults.push({
      ...reading.fault,
      offset: fence.infoStart + reading.fault.offset,
    });
  if (reading.type === "listing")
    return {
      block: { type: "listing", text: text.slice(start, end), start, end },
      faults,
    };
  const { kind, id, known } = reading;
  const body = text.slice(bodyStart, bodyEnd);
  const cell: Cell = {
    kind,
    id,
    known,
    body,
    line,
    bodyLine: line + 1,
    start,
    end,
    bodyStart,
    bodyEnd,
  };
  return { block: { type: "cell", cell }, faults };
}

/** The head's bytes, its two lines `---` among them, and those of the YAML between. */
function headBounds(text: string): { end: number; yamlStart: number; yamlEnd: number } | null {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n?|\n)/.exec(text)?.[0];
  if (opening === undefined) return null;
  const closing = /^---[ \t]*(?:\r\n?|\n|$(?![\r\n]))/m.exec(text.slice(opening.length));
  if (!closing) return null;
  const yamlEnd = opening.length + closing.index;
  return {
    end: yamlEnd + closing[0].length,
    yamlStart: opening.length,
    yamlEnd,
  };
}

function headOf(text: string, bounds: ReturnType<typeof headBounds>): HeadReading {
  if (bounds) return readHead(text.slice(bounds.yamlStart, bounds.yamlEnd), 2);
  const open = /^\uFEFF?---[ \t]*[\r\n]/.test(text);
  const problem: Problem = {
    code: open ? "head-unclosed" : "head-missing",
    severity: "error",
    cell: null,
    line: 1,
    column: 1,
    message: open
      ? "The head begins here, but no second line `---` ends it."
      : "The file does not begin with a head, so it is not known to be a notebook.",
    hint: open
      ? "Write `---` on a line of its own after the head's last key."
      : "Begin the file with the lines `---`, `segbook: 1` and `---`.",
  };
  return { head: DEFAULT_HEAD, problems: [problem], readOnly: false };
}

function bom(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

function unclosed(fence: Fence): FenceFault {
  return {
    code: "unclosed-fence",
    severity: "error",
    offset: fence.start,
    message: "This fence is never closed, so everything after it belongs to it.",
    hint: `Write ${fence.marker} on a line of its own where it ends.`,
  };
}

function innerProblem(fence: InnerFence, starts: readonly number[]): Problem[] {
  const reading = readInfo(fence.info);
  if (reading.type !== "cell" || !reading.known) return [];
  const list = fence.within === "list";
  return [
    {
      code: "nested-cell",
      severity: "warning",
      cell: null,
      ...placeOf(starts, fence.start),
      message: `\`${reading.kind} ${reading.id}\` is inside ${list ? "a list or a quotation" : "HTML"}, so it is no cell and is never run.`,
      hint: list ? "Move it to the left margin." : "Put an empty line before it.",
    },
  ];
}

function duplicates(cells: readonly Cell[], text: string, starts: readonly number[]): Problem[] {
  const first = new Map<string, Cell>();
  return cells.flatMap((cell) => {
    const before = first.get(cell.id);
    if (!before) {
      first.set(cell.id, cell);
      return [];
    }
    const problem: Problem = {
      code: "duplicate-id",
      severity: "error",
      cell: cell.id,
      ...placeOf(starts, idOffset(cell, text)),
      message: `The id \`${cell.id}\` is already that of the cell in line ${before.line}.`,
      hint: "Give one of the two another id.",
    };
    return [problem];
  });
}

function idOffset(cell: Cell, text: string): number {
  const opening = text.slice(cell.start, cell.bodyStart);
  return cell.start + opening.search(new RegExp(`(?<=\\s)${cell.id}\\s*$`));
}

function byPlace(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
