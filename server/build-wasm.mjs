// Compiles the kernels of clustering and monitor, one file a kernel, from AssemblyScript to dist/server/*/wasm/.
import { mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ["cluster", "monitor"].map((room) => join("server", room, "wasm"));

/** Kernels that several threads compute with, over one memory. */
const SHARED = ["ward"];
/** 1 MB, of which the system gives what is written to: once a memory grows, V8 slows all typed arrays of the process for good. */
const PAGES = "16";

for (const { source, file } of sources.flatMap(filesOf)) {
  const target = join("dist", source);
  mkdirSync(join(root, target), { recursive: true });
  const kernel = basename(file, ".ts");
  const { error, stderr } = await asc.main([
    join(source, file),
    ...["--baseDir", root, "--outFile", join(target, `${kernel}.wasm`)],
    ...["--runtime", "stub", "--use", "abort=", "--noAssert", "--enable", "simd"],
    ...["--optimizeLevel", "3", "--converge", "--noColors"],
    ...(SHARED.includes(kernel)
      ? ["--enable", "threads", "--importMemory", "--sharedMemory", "--maximumMemory", "65536"]
      : ["--initialMemory", PAGES]),
  ]);
  if (error !== null) {
    process.stderr.write(`${stderr.toString()}${error.message}\n`);
    process.exit(1);
  }
}

function filesOf(source) {
  const files = readdirSync(join(root, source)).filter((name) => name.endsWith(".ts"));
  return files.map((file) => ({ source, file }));
}
