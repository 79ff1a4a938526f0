import { expect, test } from "vitest";
import { controlRows } from "../../../server/figures/control-rows.ts";

const column = (name: string, type = "BIGINT") => ({ name, type });
const columns = [
  ...[column("since", "DATE"), column("mailed"), column("mailed_conversions")],
  ...[column("held_out"), column("held_out_conversions")],
  ...["difference", "low", "high"].map((name) => column(name, "DOUBLE")),
];

test("who converted is told with its share, and the difference in points with its interval", () => {
  const { columns: told, rows } = controlRows({
    columns,
    rows: [
      ["2026-03-04", 1200, 60, 100, 9, -0.04, -0.1251, 0.0049],
      ["2026-03-05", 5, 0, 0, 0, null, null, null],
    ],
  });
  expect(told.map(({ name }) => name)).toEqual([
    ...["since", "mailed", "mailed_conversions", "held_out", "held_out_conversions", "difference"],
  ]);
  const plain = rows.map((row) =>
    row.map((cell) => (typeof cell === "string" ? cell.replaceAll("\u00a0", " ") : cell)),
  );
  expect(plain).toEqual([
    ["2026-03-04", 1200, "60 (5.0 %)", 100, "9 (9.0 %)", "−4.0 points (−12.5 to +0.5)"],
    ["2026-03-05", 5, "0 (0.0 %)", 0, null, null],
  ]);
});
