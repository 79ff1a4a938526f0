import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PATH, serve } from "../kernel/served.ts";

const SOURCE = (id: string) =>
  `\`\`\`source ${id}\nfiles: ${id}.csv\ncolumns: {customer_id: {required: true}, land: {one_of: [UK]}}\n\`\`\`\n\n`;

it("a kernel checks a text that is not saved yet, and compares keys only when it is asked to", async () => {
  const served = await serve("");
  for (const id of ["a", "b"])
    await writeFile(join(served.root, "data", `${id}.csv`), "customer_id,land\n1,UK\n2,UK\n");
  const text = `---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n${SOURCE("a")}${SOURCE("b")}\`\`\`sql q\nSELECT * FROM a JOIN b USING (customer_id) WHERE a.land = 'uk'\n\`\`\`\n`;
  const ask = (silos: "known" | "measure") =>
    served.supervisor.check({ path: PATH, text, silos }, new AbortController().signal);
  const quick = await ask("known");
  expect(quick.silosKnown).toBe(false);
  expect(quick.findings.filter(({ fixable }) => fixable).map(({ code }) => code)).toEqual(["value-case"]);
  const whole = await ask("measure");
  expect(whole.findings.filter(({ code }) => code === "key-match").length).toBe(1);
  expect(await ask("known")).toEqual(whole);
});
