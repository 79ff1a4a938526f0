// Compiles the clustering's kernels, one file a kernel, from AssemblyScript to dist/server/cluster/wasm/.
import { mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join("server", "cluster", "wasm");
const target = join("dist", source);

/** Kernels that several threads compute with, over one memory. */
const SHARED = ["ward"];

mkdirSync(join(root, target), { recursive: true });
for (const file of readdirSync(join(root, source)).filter((name) => name.endsWith(".ts"))) {
  const kernel = basename(file, ".ts");
  const { error, stderr } = await asc.main([
    join(source, file),
    ...["--baseDir", root, "--outFile", join(target, `${kernel}.wasm`)],
    ...["--runtime", "stub", "--use", "abort=", "--noAssert", "--enable", "simd"],
    ...["--optimizeLevel", "3", "--converge", "--noColors"],
    ...(SHARED.includes(kernel)
      ? ["--enable", "threads", "--importMemory", "--sharedMemory", "--maximumMemory", "65536"]
      : []),
  ]);
  if (error !== null) {
    process.stderr.write(`${stderr.toString()}${error.message}\n`);
    process.exit(1);
  }
}
