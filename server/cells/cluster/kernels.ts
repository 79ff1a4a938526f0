import { readFileSync } from "node:fs";
import { KERNELS, type Kernels } from "../../cluster/kernels.ts";

let compiled: Kernels | null | undefined;

/** The clustering's kernels, compiled once a thread; null where this machine has no WebAssembly SIMD. */
export function clusterKernels(): Kernels | null {
  compiled ??= compile();
  return compiled;
}

/** Kernels lie where the build puts them, whether this file runs from its source or from `dist`. */
const FOLDER = import.meta.url.endsWith(".js") ? "../../cluster/wasm/" : "../../../dist/server/cluster/wasm/";

function compile(): Kernels | null {
  const files = KERNELS.map(
    (name) => [name, readFileSync(new URL(`${name}.wasm`, new URL(FOLDER, import.meta.url)))] as const,
  );
  if (!files.every(([, bytes]) => WebAssembly.validate(bytes))) return null;
  return Object.fromEntries(files.map(([name, bytes]) => [name, new WebAssembly.Module(bytes)])) as Kernels;
}
