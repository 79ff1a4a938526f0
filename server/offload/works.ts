import { fileURLToPath } from "node:url";

/** How far a piece of work is, 0 to 1. */
export type Tell = (share: number) => void;

/** A module whose functions take one value that can be sent, and give one that can be sent back. Each has an input of its own. */
export type Works = Readonly<Record<string, (input: never, tell: Tell) => unknown>>;

/** Where the functions of such a module lie. */
export interface WorksAt<M extends Works> {
  readonly file: string;
  /** Never there; carries the type. */
  readonly type?: M;
}

export type Input<M extends Works, K extends keyof M> = Parameters<M[K]>[0];
export type Result<M extends Works, K extends keyof M> = Awaited<ReturnType<M[K]>>;

/** The module at a path beside the one that asks: `worksAt<typeof import("./work.ts")>(import.meta.url, "./work.ts")`. */
export function worksAt<M extends Works>(from: string, path: string): WorksAt<M> {
  return { file: fileURLToPath(new URL(from.endsWith(".js") ? path.replace(/\.ts$/, ".js") : path, from)) };
}
