import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { Cancelled } from "../../engine/engine.ts";
import type { DataFile } from "../kind.ts";
import { SourceFault } from "./fault.ts";

const CHUNK = 1 << 20;

export interface OpenBytes {
  readonly file: DataFile;
  readonly gzip: boolean;
  /** A label of the Encoding Standard; null is UTF-8, passed on as it stands. */
  readonly encoding: string | null;
  readonly signal: AbortSignal;
}

/** The bytes of a file as UTF-8, unzipped and without a byte order mark. Throws SourceFault where that can't be. */
export async function* readBytes({ file, gzip, encoding, signal }: OpenBytes): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.absolute, { highWaterMark: CHUNK });
  const stream = gzip ? raw.pipe(createGunzip({ chunkSize: CHUNK })) : raw;
  if (gzip) raw.on("error", (error) => stream.destroy(error));
  const decoder = encoding === null ? null : new TextDecoder(encoding, { fatal: true });
  let first = true;
  try {
    for await (const chunk of stream) {
      if (signal.aborted) throw new Cancelled();
      let bytes: Buffer = decoder === null ? chunk : Buffer.from(decode(decoder, chunk, file));
      if (first && bytes.length > 0) {
        if (decoder === null) bytes = withoutMark(bytes);
        first = false;
      }
      if (bytes.length > 0) yield bytes;
    }
    const rest = decoder === null ? "" : decode(decoder, null, file);
    if (rest !== "") yield Buffer.from(rest);
  } catch (error) {
    throw readable(error, file);
  } finally {
    stream.destroy();
    raw.destroy();
  }
}

/** The first bytes of a file, read until there are enough or the file ends. */
export async function firstBytes(options: OpenBytes, wanted: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(options)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= wanted) return { bytes: Buffer.concat(parts), whole: false };
  }
  return { bytes: Buffer.concat(parts), whole: true };
}

/** The first bytes as they lie on the disk: for magic numbers and byte order marks. */
export async function magicBytes(file: DataFile): Promise<Buffer> {
  try {
    const handle = await open(file.absolute);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readable(error, file);
  }
}

function decode(decoder: TextDecoder, chunk: Buffer | null, file: DataFile): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new SourceFault({
      code: "file-encoding",
      message: `\`${file.path}\` is not written in ${decoder.encoding}.`,
      hint: "Correct `csv: {encoding: …}`, or save the file as UTF-8.",
    });
  }
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function readable(error: unknown, file: DataFile): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("Z_")) {
    const cut = code === "Z_BUF_ERROR";
    return new SourceFault({
      code: "file-damaged",
      message: `\`${file.path}\` is not a whole gzip file: ${cut ? "its end is missing" : (error as Error).message}.`,
      hint: "Copy or export the file again.",
    });
  }
  if (/^E[A-Z]+$/.test(code)) {
    return new SourceFault({
      code: "file-unreadable",
      message: `\`${file.path}\` can't be read: ${(error as Error).message}.`,
      hint: "Check that the file is there and that its permissions allow reading.",
    });
  }
  return error;
}
