import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type App, appFor, call, codeOf, workspaceFolder } from "./workspace-folder.ts";

let app: App;
beforeAll(() => {
  const root = workspaceFolder({
    "page/index.html": "<!doctype html><title>Segbook</title>",
    "page/assets/main-BxY12_ab.js": "export {};",
    "page/assets/page-12345678.css": "a{}",
    "page/assets/font-12345678.woff2": "x",
    "page/mark.svg": "<svg/>",
    "page/.secret.js": "x",
    "page/odd.exe": "x",
    "secret.js": "x",
  });
  symlinkSync(join(root, "page"), join(root, "page/loop"));
  app = appFor(root);
});

test.each([
  "/",
  "/index.html",
  "/notebooks/first.md",
  "/notebooks/deep/x.md",
  "/notebooks",
  "/segments",
  "/monitor",
  "/monitor/notebooks/first-segments.md",
  "/data",
])("%s is the page", async (path) => {
  const response = await call(app, "GET", path);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-cache");
  expect(await response.text()).toContain("Segbook");
});

test.each([
  ["/assets/main-BxY12_ab.js", "text/javascript; charset=utf-8", "private, max-age=31536000, immutable"],
  ["/assets/page-12345678.css", "text/css; charset=utf-8", "private, max-age=31536000, immutable"],
  ["/assets/font-12345678.woff2", "font/woff2", "private, max-age=31536000, immutable"],
  ["/mark.svg", "image/svg+xml", "no-cache"],
])("%s has its type and is kept as long as its name allows", async (path, type, caching) => {
  const response = await call(app, "GET", path);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe(type);
  expect(response.headers.get("Cache-Control")).toBe(caching);
});

test.each([
  "/assets/none.js",
  "/.secret.js",
  "/odd.exe",
  "/assets",
  "/assets/",
  "/%2e%2e/secret.js",
  "/..%2fsecret.js",
  "/assets/..%2f..%2fsecret.js",
  "/assets/%2e%2e/%2e%2e/secret.js",
  "//etc/passwd",
  "/mark.svg%00.js",
  "/page\\..\\secret.js",
])("%s is nothing", async (path) => {
  expect((await call(app, "GET", path)).status).toBe(404);
});

test("a page that has not been built is said to be missing", async () => {
  const response = await call(appFor(workspaceFolder(), { assets: "/nowhere" }), "GET", "/");
  expect(response.status).toBe(503);
  expect(await codeOf(response)).toBe("page-missing");
});
