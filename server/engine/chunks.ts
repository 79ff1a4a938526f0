/** Bytes of chunks after which their memory is asked for. */
const PORTION = 8 * 1024 ** 2;

/**
 * Chunks of a result that have been read. Their memory is the engine's, of which the collector knows nothing: it would leave
 * a hundred megabytes lying before it looks for the few bytes that hold them. Where the process was started with
 * `--expose-gc`, as kernels are, it is told to look.
 */
export class Chunks {
  private bytes = 0;

  constructor(private readonly columns: number) {}

  /** One of so many rows has been read, and is not needed any more. */
  taken(rows: number): void {
    this.bytes += rows * this.columns * Float64Array.BYTES_PER_ELEMENT;
    if (this.bytes < PORTION) return;
    this.bytes = 0;
    globalThis.gc?.({ type: "minor", execution: "sync" });
  }
}
