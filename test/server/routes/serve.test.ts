import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { hc } from "hono/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AppType } from "../../../server/app.ts";
import type { Kernels } from "../../../server/routes/kernels.ts";
import type { StreamEvent } from "../../../server/run/view.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { type Serving, startServer } from "../../../server/serve.ts";
import { noKernels, workspaceFolder } from "./workspace-folder.ts";

let root: string;
let serving: Serving;
let tell: (event: StreamEvent) => void = () => undefined;
const kernels: Kernels = {
  ...noKernels,
  subscribe: (listener) => {
    tell = listener;
    return () => undefined;
  },
};
const start = (options: { port: number; portGiven: boolean; host?: string }) =>
  startServer({
    workspace: workspaceAt(root),
    host: "127.0.0.1",
    assets: join(root, "page"),
    kernels: () => kernels,
    ...options,
  });

beforeAll(async () => {
  root = workspaceFolder();
  serving = await start({ port: 0, portGiven: true });
});
afterAll(() => serving.close());

const base = () => `http://127.0.0.1:${serving.port}`;
const bearer = () => ({ Authorization: `Bearer ${serving.token}` });

describe("the server", () => {
  test("prints an address whose token signs a browser in", async () => {
    const response = await fetch(serving.url, { redirect: "manual" });
    expect(response.status).toBe(303);
    const cookie = response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
    const page = await fetch(new URL(response.headers.get("Location") ?? "", serving.url), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(serving.token.length).toBeGreaterThanOrEqual(43);
  });

  test("answers the client that is made of its types", async () => {
    const client = hc<AppType>(base(), { headers: bearer() });
    const response = await client.api.workspace.$get();
    const view = await response.json();
    expect(view.notebooks.map(({ path }) => path)).toEqual(["notebooks/first.md"]);
    const notebook = await client.api.notebook.$get({ query: { path: "notebooks/first.md" } });
    expect(await notebook.json()).toMatchObject({ title: "First" });
  });

  test("reads what is sent in pieces, and calls that send nothing", async () => {
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"name":'));
        controller.enqueue(new TextEncoder().encode('"In pieces"}'));
        controller.close();
      },
    });
    const headers = { ...bearer(), Origin: base(), "Content-Type": "application/json" };
    const made = { method: "POST", headers, body: pieces, duplex: "half" } as RequestInit;
    expect((await fetch(`${base()}/api/notebooks`, made)).status).toBe(201);
    const ended = await fetch(`${base()}/api/runs/none`, {
      method: "DELETE",
      headers: { ...bearer(), Origin: base() },
    });
    expect(ended.status).toBe(200);
  });

  test.each([
    ["another name", "GET /api/workspace HTTP/1.1\r\nHost: evil.com\r\n"],
    ["no name", "GET /api/workspace HTTP/1.0\r\n"],
    ["a whole address of another", "GET http://evil.com/api/workspace HTTP/1.1\r\nHost: evil.com\r\n"],
    ["two names", "GET /api/workspace HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.com\r\n"],
  ])("refuses %s on the wire", async (_what, head) => {
    const reply = await raw(`${head}Authorization: Bearer ${serving.token}\r\nConnection: close\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 (?:400|403)/);
    expect(reply).not.toContain("first.md");
  });

  test("moves to the next port where one is taken, unless it was asked for", async () => {
    const taken = await listening();
    const { port } = taken.address() as AddressInfo;
    const other = await start({ port, portGiven: false });
    expect(other.port).toBeGreaterThan(port);
    expect((await fetch(other.url, { redirect: "manual" })).status).toBe(303);
    await other.close();
    await expect(start({ port, portGiven: true })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe("the event stream", () => {
  test("tells what kernels tell, and which files changed, and ends with the server", async () => {
    const own = await start({ port: 0, portGiven: true });
    const headers = { Authorization: `Bearer ${own.token}` };
    const response = await fetch(`http://127.0.0.1:${own.port}/api/events`, { headers });
    expect(response.headers.get("Content-Type")).toContain("text/event-stream");
    const events = reader(response);
    expect(await events.until(": open")).toContain(": open");

    tell({ type: "kernel", path: "notebooks/first.md", state: "started", message: "a\r\nb" });
    expect(await events.until("\n\n")).toBe(
      'event: kernel\ndata: {"type":"kernel","path":"notebooks/first.md","state":"started","message":"a\\r\\nb"}\n\n',
    );

    writeFileSync(join(root, "notebooks/first.md"), "changed");
    const changed = await events.until("\n\n");
    const { etag } = (await (
      await fetch(`http://127.0.0.1:${own.port}/api/notebook?path=notebooks/first.md`, { headers })
    ).json()) as { etag: string };
    expect(changed).toBe(
      `event: file\ndata: ${JSON.stringify({ type: "file", path: "notebooks/first.md", etag })}\n\n`,
    );

    mkdirSync(join(root, "notebooks/new"));
    writeFileSync(join(root, "notebooks/new/second.md"), "new");
    expect(await events.until("\n\n")).toContain('"path":"notebooks/new/second.md","etag":"');
    rmSync(join(root, "notebooks/new/second.md"));
    expect(await events.until("\n\n")).toContain('"path":"notebooks/new/second.md","etag":null');

    await own.close();
    expect(await events.rest()).toBe("");
  });

  test("needs the token", async () => {
    expect((await fetch(`${base()}/api/events`)).status).toBe(401);
  });
});

function listening(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let reply = "";
    const socket = connect(serving.port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (chunk) => {
      reply += chunk.toString();
    });
    socket.on("close", () => resolve(reply));
    socket.on("error", reject);
  });
}

/** Reads a stream up to and with a text, or to its end. */
function reader(response: Response) {
  const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  return {
    async until(text: string): Promise<string> {
      for (;;) {
        const at = held.indexOf(text);
        if (at >= 0) {
          const end = text === "\n\n" ? at + 2 : held.indexOf("\n\n", at) + 2;
          const part = held.slice(0, end);
          held = held.slice(end);
          return part;
        }
        const next = await stream?.read();
        if (!next || next.done) throw new Error(`the stream ended with ${JSON.stringify(held)}`);
        held += next.value;
      }
    },
    async rest(): Promise<string> {
      for (;;) {
        const next = await stream?.read().catch(() => undefined);
        if (!next || next.done) return held;
        held += next.value;
      }
    },
  };
}
