import { beforeAll, describe, expect, test } from "vitest";
import { type App, appFor, call, codeOf, HOST, TOKEN, workspaceFolder } from "./workspace-folder.ts";

let app: App;
beforeAll(() => {
  app = appFor(workspaceFolder());
});

const signedOut = { Cookie: null };

describe("without the token", () => {
  test("no route answers, whatever its method", async () => {
    const routes = app.routes.map(({ method, path }) => ({
      methods: method === "ALL" ? ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] : [method],
      path: path.replace(/\/\*$/, "/anything").replace(/:\w+/g, "x"),
    }));
    expect(routes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "/api/workspace",
        "/api/notebook",
        "/api/notebooks",
        "/api/plan",
        "/api/runs",
        "/api/runs/x",
        "/api/runs/x/cells/x",
        "/api/result",
        "/api/summary",
        "/api/events",
      ]),
    );
    for (const { methods, path } of routes) {
      for (const method of methods) {
        const body = method === "GET" || method === "OPTIONS" ? undefined : "{}";
        const response = await call(app, method, path, { headers: signedOut, body });
        expect({ method, path, status: response.status }).toEqual({ method, path, status: 401 });
      }
    }
  });

  test.each([
    "/",
    "/index.html",
    "/assets/x.js",
    "/favicon.ico",
    "/health",
    "/nothing",
    "//api/workspace",
    "/api/%2e%2e/",
    "/notebooks/first.md",
  ])("%s does not answer either", async (path) => {
    expect((await call(app, "GET", path, { headers: signedOut })).status).toBe(401);
  });

  test.each([
    ["a wrong cookie", { Cookie: "segbook_4173=wrong" }],
    ["another server's cookie", { Cookie: `segbook_4174=${TOKEN}` }],
    ["a wrong bearer", { Cookie: null, Authorization: "Bearer wrong" }],
    ["a part of the token", { Cookie: `segbook_4173=${TOKEN.slice(0, -1)}` }],
    ["an empty cookie", { Cookie: "segbook_4173=" }],
  ])("%s is not enough", async (_what, headers) => {
    const response = await call(app, "GET", "/api/workspace", { headers });
    expect(response.status).toBe(401);
    expect(await codeOf(response)).toBe("not-signed-in");
  });

  test("a wrong token in the address sets no cookie", async () => {
    const response = await call(app, "GET", "/?token=wrong", { headers: signedOut });
    expect(response.status).toBe(401);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  });

  test("a browser gets a page that says where to find the address", async () => {
    const response = await call(app, "GET", "/", { headers: { ...signedOut, Accept: "text/html" } });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain("segbook serve");
  });
});

describe("the token in the address", () => {
  test("becomes a cookie that no script and no other site can use, and leaves the address", async () => {
    const response = await call(app, "GET", `/?token=${TOKEN}`, { headers: signedOut });
    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toBe("/");
    const cookie = response.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^segbook_4173=/);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(part);
    const value = cookie.split(";")[0] ?? "";
    expect((await call(app, "GET", "/api/workspace", { headers: { Cookie: value } })).status).toBe(200);
  });

  test("keeps the page that was asked for, on this server", async () => {
    const page = await call(app, "GET", `/notebooks/first.md?token=${TOKEN}&x=1`, { headers: signedOut });
    expect(page.headers.get("Location")).toBe("/notebooks/first.md?x=1");
    const elsewhere = await call(app, "GET", `//evil.example/?token=${TOKEN}`, { headers: signedOut });
    expect(elsewhere.headers.get("Location")).not.toMatch(/^\/\//);
  });

  test("does not sign a write in", async () => {
    const response = await call(app, "POST", `/api/plan?token=${TOKEN}`, { headers: signedOut, json: {} });
    expect(response.status).toBe(401);
  });

  test("is taken as a bearer too", async () => {
    const headers = { Cookie: null, Authorization: `Bearer ${TOKEN}` };
    expect((await call(app, "GET", "/api/workspace", { headers })).status).toBe(200);
  });
});

describe("the name that a request is addressed to", () => {
  test.each([HOST, "localhost:4173", "LOCALHOST:4173", "[::1]:4173"])("may be %s", async (host) => {
    expect((await call(app, "GET", "/api/workspace", { headers: { Host: host } })).status).toBe(200);
  });

  test.each([
    "evil.com",
    "evil.com:4173",
    "localhost.:4173",
    "localhost",
    "127.0.0.1:4174",
    "127.0.0.1.evil.com:4173",
    "127.0.0.1:4173@evil.com",
    "",
    "192.168.1.2:4173",
    "[::2]:4173",
    "localhost:4173:4173",
  ])("may not be %j", async (host) => {
    for (const path of ["/api/workspace", "/", `/?token=${TOKEN}`]) {
      const response = await call(app, "GET", path, { headers: { Host: host } });
      expect(response.status).toBe(403);
      expect(response.headers.get("Set-Cookie")).toBeNull();
    }
  });

  test("may not be missing", async () => {
    expect((await call(app, "GET", "/api/workspace", { headers: { Host: null } })).status).toBe(403);
  });

  test("may be any bare address, but no name, where all addresses are bound", async () => {
    const everywhere = appFor(workspaceFolder(), { host: "0.0.0.0" });
    const status = async (Host: string) =>
      (await call(everywhere, "GET", "/api/workspace", { headers: { Host } })).status;
    expect(await status("192.168.1.2:4173")).toBe(200);
    expect(await status("[fe80::1]:4173")).toBe(200);
    expect(await status("evil.com:4173")).toBe(403);
  });

  test("may leave port 80 out", async () => {
    const app80 = appFor(workspaceFolder(), { port: 80 });
    const headers = { Host: "localhost", Cookie: `segbook_80=${TOKEN}` };
    expect((await call(app80, "GET", "/api/workspace", { headers })).status).toBe(200);
  });
});

describe("a request that another page sent", () => {
  const writes = [
    ["PUT", "/api/notebook?path=notebooks/first.md"],
    ["POST", "/api/notebooks"],
    ["POST", "/api/plan"],
    ["POST", "/api/runs"],
    ["DELETE", "/api/runs/x"],
    ["DELETE", "/api/runs/x/cells/y"],
  ] as const;

  test.each([
    "null",
    "http://evil.com",
    "https://127.0.0.1:4173",
    "http://127.0.0.1:4174",
    "http://localhost:4173",
    "http://127.0.0.1:4173.evil.com",
    "",
  ])("from %j is refused on every write, whatever its content type", async (origin) => {
    for (const [method, path] of writes) {
      for (const type of [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
      ]) {
        const response = await call(app, method, path, {
          headers: { Origin: origin, "Content-Type": type },
          body: "{}",
        });
        expect(response.status).toBe(403);
        expect(await codeOf(response)).toBe("wrong-origin");
      }
    }
  });

  test("is refused on reads as well", async () => {
    expect((await call(app, "GET", "/api/workspace", { headers: { Origin: "http://evil.com" } })).status).toBe(403);
  });

  test("and says so in Sec-Fetch-Site is refused on writes", async () => {
    const headers = { Origin: null, "Sec-Fetch-Site": "cross-site" };
    expect((await call(app, "POST", "/api/plan", { headers, json: {} })).status).toBe(403);
  });

  test("and of another port of this machine, which has our cookie, has no work of the API's done", async () => {
    for (const site of ["same-site", "cross-site"]) {
      const headers = { Origin: null, "Sec-Fetch-Site": site };
      for (const path of ["/api/export?path=notebooks/first.md", "/api/events", "/api/workspace"])
        expect((await call(app, "GET", path, { headers })).status).toBe(403);
      // A link to a page of ours may stand anywhere.
      expect((await call(app, "GET", "/notebooks/first.md", { headers })).status).not.toBe(403);
    }
    for (const site of ["same-origin", "none"])
      expect((await call(app, "GET", "/api/workspace", { headers: { "Sec-Fetch-Site": site } })).status).toBe(200);
  });

  test("gets no leave to read the reply", async () => {
    const response = await call(app, "OPTIONS", "/api/workspace", {
      headers: { "Access-Control-Request-Method": "PUT" },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

test("every reply says what a browser may do with it, errors and refusals too", async () => {
  const replies = [
    await call(app, "GET", "/"),
    await call(app, "GET", "/api/workspace"),
    await call(app, "GET", "/api/nothing"),
    await call(app, "GET", "/api/workspace", { headers: signedOut }),
    await call(app, "GET", "/", { headers: { Host: "evil.com" } }),
    await call(app, "POST", "/api/plan", { json: { path: "notebooks/first.md" } }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 401, 403, 500]);
  for (const { headers } of replies) {
    const policy = (headers.get("Content-Security-Policy") ?? "").split(";").map((part) => part.trim());
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ]),
    );
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("Strict-Transport-Security")).toBeNull();
  }
});
