/** The kernels, one file each in `wasm/`. */
export const KERNELS = ["condensed", "kmeans", "micro", "near-joins", "silhouette", "spanning-tree", "ward"] as const;
export type KernelName = (typeof KERNELS)[number];

/** The compiled kernels, as whoever may read files gives them. */
export type Kernels = Readonly<Record<KernelName, WebAssembly.Module>>;

/** What every kernel has; the rest of its exports are told by the one who starts it. */
interface Exports {
  readonly memory: WebAssembly.Memory;
}

/** Starts a kernel with a memory of its own, which lives as long as what is returned. */
export function startKernel<E extends object>(kernels: Kernels, name: KernelName): E & Exports {
  // The build checks a kernel's code, not who calls it: its exports are what its file says.
  return new WebAssembly.Instance(kernels[name], {}).exports as unknown as E & Exports;
}
