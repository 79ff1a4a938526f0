import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { Hono } from "hono";
import { callProblem, refuse } from "./refuse.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** Addresses of the page's own making: all of them are the one page. */
const PAGES = /^\/(?:(?:index\.html|data|(?:notebooks|segments|monitor)(?:\/.*)?|(?:compare|people)\/.*)?)$/;

/** The page and what it is made of, from the folder that the build wrote. */
export function assetRoutes(folder: string) {
  return new Hono().get("*", async (c) => {
    const path = c.req.path;
    const page = PAGES.test(path);
    const found = page ? await fileAt(folder, "/index.html") : await fileAt(folder, path);
    if (page && !found) {
      const problem = callProblem("page-missing", "The workbench's page has not been built.", "Run `npm run build`.");
      return refuse(c, problem, 503);
    }
    if (!found) return c.notFound();
    c.header("Content-Type", found.type);
    // Names under assets/ hold a hash of the content; all else is asked for again each time.
    c.header("Cache-Control", path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-cache");
    return c.body(found.bytes);
  });
}

async function fileAt(folder: string, path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
  // Plain names only: nothing that leads upwards, nothing hidden, nothing encoded.
  if (!/^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/.test(path)) return null;
  const type = TYPES[extname(path)];
  const file = join(folder, path);
  const isFile = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (type === undefined || !isFile) return null;
  return { bytes: new Uint8Array(await readFile(file)), type };
}
