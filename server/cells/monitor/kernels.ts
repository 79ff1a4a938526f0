import { readFileSync } from "node:fs";
import { type EDetector, plainDetector } from "../../monitor/detector/e-detector.ts";
import { kernelDetector } from "../../monitor/detector/e-detector-kernel.ts";

/** The kernel lies where the build puts it, whether this file runs from its source or from `dist`. */
const FOLDER = import.meta.url.endsWith(".js") ? "../../monitor/wasm/" : "../../../dist/server/monitor/wasm/";

/** The e-detector by its kernel; by the plain twin, which gives the same, where this machine has no WebAssembly SIMD. */
export function eDetector(): EDetector {
  const bytes = readFileSync(new URL("e-detector.wasm", new URL(FOLDER, import.meta.url)));
  return WebAssembly.validate(bytes) ? kernelDetector(new WebAssembly.Module(bytes)) : plainDetector;
}
