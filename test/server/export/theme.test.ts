import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readTheme } from "../../../server/export/theme.ts";

test("both themes of the page's own tokens are there, each series' colour by a name of its own", async () => {
  const tokens = await readFile(new URL("../../../web/theme/tokens.css", import.meta.url), "utf8");
  const theme = readTheme(tokens);
  const [light = "", dark = ""] = theme.css.split("@media screen and (prefers-color-scheme:dark)");
  for (const name of tokens.matchAll(/(--[\w-]+):/g)) {
    if (name[1] !== "--series") expect(light).toContain(`${name[1]}:`);
  }
  expect(theme.fixed.light.token("--paper")).not.toBe("");
  expect(theme.fixed.dark.token("--paper")).not.toBe(theme.fixed.light.token("--paper"));
  expect(dark).toContain(`--paper:${theme.fixed.dark.token("--paper")}`);
  expect(theme.fixed.dark.token("--size-1")).toBe(theme.fixed.light.token("--size-1"));
  const series = theme.fixed.light.series();
  expect(series.length).toBeGreaterThan(5);
  expect(theme.named.series()).toEqual(series.map((_, place) => `var(--series-${place + 1})`));
  expect(light).toContain(`--series-2:${series[1]}`);
});
