import { build } from "esbuild";
import { expect, test } from "vitest";

test("a thread that clusters loads nothing but what clusters: it is started while somebody waits", async () => {
  const { metafile } = await build({
    entryPoints: ["server/cells/cluster/work.ts"],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
  });
  expect(Object.keys(metafile.inputs).filter((file) => file.includes("node_modules"))).toEqual([]);
});
